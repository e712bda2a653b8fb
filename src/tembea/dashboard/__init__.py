"""The dashboard: everything an agency looks at first, in one call.

Owns no table; reads rollups, and the rows of the features below it where there are none. Invariants: periods are whole
days in the tenant's zone; a quote is worth what `quote_values` says; money of two currencies is never added; a source
that fails takes only its own section with it, and one that hangs keeps nobody waiting beyond 1.5 s.
An answer is kept in the process for 30 s (a setting), under the tenant, the period and the role.
Verbs: `get_dashboard_all`, `get_section`, `new_cache`.
"""

from tembea.dashboard.model import Sections
from tembea.dashboard.period import Period
from tembea.dashboard.service import DashboardCache, get_dashboard_all, get_section, new_cache

__all__ = ["DashboardCache", "Period", "Sections", "get_dashboard_all", "get_section", "new_cache"]
