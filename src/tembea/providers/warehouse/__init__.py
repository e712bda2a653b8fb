"""The warehouse: rates and prices over years, kept beside the database and asked by parameters alone.

Owns no tables here: BigQuery where GOOGLE_CLOUD_PROJECT is set, else one DuckDB file a tenant in the data folder, which
answers the same statements. Invariants: the tenant of the `Context` selects the dataset or the file, and a statement
has no way to name one; values travel as parameters; no question waits longer than its deadline or costs more than its
bound; loading the same rows again changes nothing. Nothing of it is imported before it is used.
Verbs: `Warehouse.ask`, `.load`, `.check`, `.warm`; `build_warehouse` is called once in each process.
"""

from tembea.providers.warehouse.model import (
    NothingLoaded,
    Statement,
    Table,
    TooExpensive,
    Values,
    Warehouse,
    WarehouseAway,
    WarehouseError,
    WarehouseKind,
    WarehouseRefused,
)
from tembea.settings import Settings


def build_warehouse(settings: Settings) -> Warehouse:
    """The warehouse that the settings ask for; nothing is connected yet."""
    if settings.google_cloud_project is None:
        from tembea.providers.warehouse.embedded import EmbeddedWarehouse

        return EmbeddedWarehouse(settings.data_dir / "warehouse", memory_mb=settings.warehouse_memory_mb)
    from tembea.providers.warehouse.bigquery import BigQueryLimits, BigQueryWarehouse, connection_to

    limits = BigQueryLimits(settings.bigquery_job_timeout_s, settings.bigquery_max_bytes_billed)
    connect = connection_to(
        settings.google_cloud_project, location=settings.bigquery_location, emulator=settings.bigquery_emulator
    )
    return BigQueryWarehouse(connect, limits)


__all__ = [
    "NothingLoaded",
    "Statement",
    "Table",
    "TooExpensive",
    "Values",
    "Warehouse",
    "WarehouseAway",
    "WarehouseError",
    "WarehouseKind",
    "WarehouseRefused",
    "build_warehouse",
]
