"""From the text of a contract document to its strict form: YAML or JSON, every fault with its place and its cure.

YAML is read without its surprises: only `true` and `false` are booleans (Norway stays NO), dates stay text until the
form asks for a date, duplicate keys, anchors and floats are refused rather than guessed at.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NoReturn, cast

import yaml
from pydantic import ValidationError

from tembea.rates.document import ContractForm

MAX_CHARACTERS = 25_000_000
MAX_YAML_CHARACTERS = 5_000_000
"""YAML takes a hundred times as long to read as JSON."""
MAX_DOCUMENTS = 2_000
MAX_FAULTS = 100
_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_FLOAT = re.compile(
    r"[-+]?([0-9][0-9_]*)?\.[0-9_]*([eE][-+]?[0-9]+)?|[-+]?[0-9]+[eE][-+]?[0-9]+|[-+]?\.(inf|nan)", re.I
)

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class DocumentFault:
    """One thing wrong: `loc` is the path ("rates[3].amount"), `line` the line of a YAML text, `message` the cure."""

    loc: str
    code: str
    message: str
    line: int | None = None


class DocumentRefused(ValueError):
    """The document is not accepted; `faults` lists everything found, in the order of the document where known."""

    def __init__(self, faults: Sequence[DocumentFault]) -> None:
        first = faults[0]
        super().__init__(f"{first.loc}: {first.message}" if first.loc else first.message)
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class RawDocument:
    """The plain values of a text and the line on which each path begins (none for JSON)."""

    value: object
    lines: Mapping[Path, int]

    def fault(self, path: Path, code: str, message: str) -> DocumentFault:
        """A fault at a path, with the line of its nearest known ancestor."""
        line = next(
            (self.lines[path[:depth]] for depth in range(len(path), -1, -1) if path[:depth] in self.lines), None
        )
        return DocumentFault(loc_text(path), code, message, line)


def read_raw(text: str) -> RawDocument:
    """The plain values of a YAML or JSON text with one document. Raises `DocumentRefused`."""
    raws = read_raws(text)
    if len(raws) > 1:
        _refuse("several_documents", "There are several documents in this text. Give one.")
    return raws[0]


def read_raws(text: str) -> list[RawDocument]:
    """The plain values of every document in a text: several stand in a JSON list, or in YAML between lines of ---.

    Raises `DocumentRefused`.
    """
    if len(text) > MAX_CHARACTERS:
        _refuse("too_large", f"The document has {len(text)} characters; at most {MAX_CHARACTERS} are read. Split it.")
    try:
        raws = _read_json(text) if text.lstrip("\ufeff \t\r\n")[:1] in ("{", "[") else _read_yaml(text)
    except RecursionError:
        _refuse("too_deep", "The document is nested too deeply. Compare it with the published schema.")
    for raw in raws:
        if not isinstance(raw.value, dict):
            _refuse("not_a_mapping", "A contract document is a mapping of keys to values. Start it with contract: 1.")
    return raws


def read_form(raw: RawDocument) -> ContractForm:
    """The strict form of the plain values. Raises `DocumentRefused` with every fault found in single entries."""
    try:
        return ContractForm.model_validate_json(json.dumps(raw.value))
    except ValidationError as invalid:
        errors = invalid.errors(include_url=False, include_context=True)[:MAX_FAULTS]
        raise DocumentRefused(
            [_fault_of(raw, error["type"], tuple(error["loc"]), error["msg"]) for error in errors]
        ) from None


def loc_text(path: Path) -> str:
    """A path as people write it: ("rates", 3, "amount") is rates[3].amount."""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return text.removeprefix(".")


def _fault_of(raw: RawDocument, kind: str, path: Path, message: str) -> DocumentFault:
    name = str(path[-1]) if path else ""
    if kind == "extra_forbidden":
        return raw.fault(path, "unknown_key", f"The key {name} is not known here. Check its spelling or remove it.")
    if kind == "missing":
        return raw.fault(path, "missing_key", f"The key {name} is needed. Add it.")
    if kind in ("float_amount", "bad_amount", "broken_rule", "bad_value"):
        return raw.fault(path, kind, message)
    return raw.fault(path, "bad_value", f"{message}. Correct {name or 'the value'}.")


def _refuse(code: str, message: str, *, loc: Path = (), line: int | None = None) -> NoReturn:
    raise DocumentRefused([DocumentFault(loc_text(loc), code, message, line)])


def _read_json(text: str) -> list[RawDocument]:
    try:
        value: object = json.loads(
            text.lstrip("\ufeff"), object_pairs_hook=_object, parse_int=_whole, parse_constant=_refuse_constant
        )
    except json.JSONDecodeError as broken:
        _refuse("bad_syntax", f"The JSON cannot be read: {broken.msg} (line {broken.lineno}).", line=broken.lineno)
    values = cast("list[object]", value) if isinstance(value, list) else [value]
    if len(values) > MAX_DOCUMENTS:
        _refuse("too_many_documents", f"There are more than {MAX_DOCUMENTS} documents in this text. Split it.")
    return [RawDocument(one, {}) for one in values] or [RawDocument(None, {})]


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    entries: dict[str, object] = {}
    for key, value in pairs:
        if key in entries:
            _refuse("duplicate_key", f"The key {key} stands twice in one object. Remove one of them.", loc=(key,))
        entries[key] = value
    return entries


def _whole(text: str) -> int | str:
    """A number longer than any amount or count stays text, which the form then refuses by name."""
    return int(text) if _INTEGER.fullmatch(text) else text


def _refuse_constant(name: str) -> NoReturn:
    _refuse("bad_value", f"{name} is not a value of a contract document. Remove it.")


def _read_yaml(text: str) -> list[RawDocument]:
    if len(text) > MAX_YAML_CHARACTERS:
        _refuse("too_large", f"At most {MAX_YAML_CHARACTERS} characters of YAML are read. Send JSON, or split it.")
    raws: list[RawDocument] = []
    try:
        loader = yaml.SafeLoader(text.lstrip("\ufeff"))
        while loader.check_node():
            if len(raws) == MAX_DOCUMENTS:
                _refuse("too_many_documents", f"There are more than {MAX_DOCUMENTS} documents in this text. Split it.")
            reader = _YamlReader()
            node = loader.get_node()
            raws.append(RawDocument(None if node is None else reader.plain(node, ()), reader.lines))
    except yaml.MarkedYAMLError as broken:
        line = None if broken.problem_mark is None else broken.problem_mark.line + 1
        _refuse("bad_syntax", f"The YAML cannot be read: {broken.problem or 'bad syntax'} (line {line}).", line=line)
    except yaml.YAMLError as broken:
        _refuse("bad_syntax", f"The YAML cannot be read: {str(broken).splitlines()[0]}.")
    return raws or [RawDocument(None, {})]


class _YamlReader:
    """Plain values of YAML nodes, remembering on which line each path begins.

    Aliases are refused: a document of a few lines could otherwise unfold into gigabytes.
    """

    def __init__(self) -> None:
        self.lines: dict[Path, int] = {}
        self._seen: set[int] = set()

    def plain(self, node: yaml.Node, path: Path) -> object:
        line = node.start_mark.line + 1
        self.lines.setdefault(path, line)
        if id(node) in self._seen:
            _refuse("alias", "Anchors and aliases are not read. Write the values out.", loc=path, line=line)
        self._seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            entries = cast("list[yaml.Node]", node.value)
            return [self.plain(entry, (*path, place)) for place, entry in enumerate(entries)]
        is_plain = isinstance(node, yaml.ScalarNode) and node.style is None
        return _scalar(str(cast("object", node.value)), is_plain=is_plain)

    def _mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, object]:
        entries: dict[str, object] = {}
        for key_node, value_node in cast("list[tuple[yaml.Node, yaml.Node]]", node.value):
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                _refuse("bad_syntax", f"A key is one word or text (line {line}).", loc=path, line=line)
            key = str(cast("object", key_node.value))
            if key in entries:
                message = f"The key {key} stands twice in one mapping (line {line}). Remove one of them."
                _refuse("duplicate_key", message, loc=(*path, key), line=line)
            self.lines[(*path, key)] = line
            entries[key] = self.plain(value_node, (*path, key))
        return entries


def _scalar(text: str, *, is_plain: bool) -> object:
    if not is_plain:
        return text
    if text in ("", "~", "null"):
        return None
    if text in ("true", "false"):
        return text == "true"
    if _INTEGER.fullmatch(text):
        return int(text)
    return float(text) if _FLOAT.fullmatch(text) else text
