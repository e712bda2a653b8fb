"""The kernel: what every feature stands on, and which knows no feature.

It owns the two database handles (`Tx`, `Db`), the explicit `Context`, errors, jobs, money, tokens and telemetry.
Invariants: only `db` opens a connection; a tenant's rows are visible only inside a transaction that named the tenant.
"""
