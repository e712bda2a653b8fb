"""The wire forms of importing and exporting rates."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from pydantic import Field

from tembea.kernel.web import Wire
from tembea.pricing.terms import LoneAdultRule
from tembea.rates.importing import PreparedFile
from tembea.rates.model import ImportProblem, ImportRefused, ImportResult


class ImportIn(Wire):
    """How a file is imported, and what stands in for columns that a rate sheet leaves out."""

    dry_run: Annotated[bool, Field(description="Check the file and store nothing")] = False
    draft: Annotated[bool, Field(description="Store the contracts without making them live")] = False
    partial: Annotated[bool, Field(description="Keep what is right, row by row or document by document")] = False
    currency: Annotated[str | None, Field(pattern=r"^[A-Z]{3}$", description="The agency's without it")] = None
    lone_adult_rule: Annotated[LoneAdultRule | None, Field(description="How one adult with children pays")] = None


class ImportProblemOut(Wire):
    """What keeps a row or document out: sheet, row, column and cell of a table; line and key path of a document."""

    row: int | None
    column: str
    code: str
    message: str
    sheet: str | None = None
    cell: str | None = None

    @classmethod
    def of(cls, problem: ImportProblem) -> "ImportProblemOut":
        """The wire form."""
        return cls(
            row=problem.row,
            column=problem.column,
            code=problem.code,
            message=problem.message,
            sheet=problem.sheet,
            cell=problem.cell,
        )


class ImportOut(Wire):
    """What an import came to. Rows are counted, or documents; `created` counts versions that were not there before."""

    accepted: int
    rejected: int
    errors: list[ImportProblemOut]
    contract_ids: list[UUID]
    hotel_ids: list[UUID]
    created: int = 0

    @classmethod
    def of(cls, prepared: PreparedFile, results: Sequence[ImportResult]) -> "ImportOut":
        """The wire form of a file and what was stored of it."""
        return cls(
            accepted=prepared.accepted,
            rejected=prepared.rejected,
            errors=[ImportProblemOut.of(one) for one in prepared.problems],
            contract_ids=[one.contract_id for one in results],
            hotel_ids=list(dict.fromkeys(one.hotel_id for one in results)),
            created=sum(one.created for one in results),
        )

    @classmethod
    def refused(cls, refused: ImportRefused) -> "ImportOut":
        """The wire form of a trial with a file that cannot be read."""
        errors = [ImportProblemOut.of(one) for one in refused.problems]
        return cls(accepted=0, rejected=refused.rejected, errors=errors, contract_ids=[], hotel_ids=[])
