from collections.abc import Callable
from types import ModuleType

import psycopg

class Migration:
    id: str
    hash: str
    path: str
    module: ModuleType | None
    steps: list[object] | None
    use_transactions: bool
    _depends: set[Migration] | None
    def __init__(self, id: str, path: str, source_dir: str) -> None: ...
    @property
    def loaded(self) -> bool: ...
    def load(self) -> None: ...

class StepCollector:
    def __init__(self, migration: Migration) -> None: ...
    def add_step(self, apply: Callable[[psycopg.Connection], None]) -> object: ...
    def create_steps(self, use_transactions: bool) -> list[object]: ...
