"""One step from the text of a contract document to a contract."""

from collections.abc import Iterator
from dataclasses import dataclass

from tembea.pricing import Contract, TooManySets, combinations_of
from tembea.pricing.terms import OfferSelection
from tembea.rates.checks import check_document
from tembea.rates.conversion import contract_of
from tembea.rates.document import ContractForm
from tembea.rates.reading import DocumentRefused, RawDocument, read_form, read_raw, read_raws


@dataclass(frozen=True, slots=True)
class LoadedContract:
    """A document that holds together: its strict form and the contract that prices it."""

    form: ContractForm
    contract: Contract

    def as_json(self) -> dict[str, object]:
        """The document as plain JSON values, by the keys that people write; loaded again it gives the same contract."""
        return self.form.model_dump(mode="json", by_alias=True, exclude_unset=True)


def load_document(text: str) -> LoadedContract:
    """Load a YAML or JSON text. Raises `DocumentRefused`, whose faults carry a path, a line where known, and a cure."""
    return _tried(read_raw(text))


def load_documents(text: str) -> Iterator[LoadedContract | DocumentRefused]:
    """Each document of a text, or what is wrong with it. Raises `DocumentRefused` for a text that cannot be read."""
    for raw in read_raws(text):
        try:
            yield _tried(raw)
        except DocumentRefused as refused:
            yield refused


def load_values(value: object) -> LoadedContract:
    """Load a document from plain JSON values, such as a stored one. Raises `DocumentRefused`."""
    return _load(RawDocument(value, {}))


def _tried(raw: RawDocument) -> LoadedContract:
    """What comes in anew has offers that can all be tried; of what is stored already, the kernel refuses the stay."""
    loaded = _load(raw)
    if loaded.contract.offer_selection is OfferSelection.LOWEST_TOTAL:
        try:
            combinations_of(loaded.contract.offers)
        except TooManySets as many:
            raise DocumentRefused([raw.fault(("offers",), "too_many_combinations", str(many))]) from many
    return loaded


def _load(raw: RawDocument) -> LoadedContract:
    form = read_form(raw)
    check_document(form, raw)
    return LoadedContract(form, contract_of(form))
