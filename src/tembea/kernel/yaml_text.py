"""Reading YAML that people write: the safe subset; a key that stands twice is an error, not a silent choice."""

from collections.abc import Hashable
from typing import cast

import yaml


class YamlError(ValueError):
    """Text that is not the YAML we read; the message names the line."""


class _UniqueKeyLoader(yaml.SafeLoader):
    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, object]:
        seen: set[str] = set()
        for key_node, _ in cast("list[tuple[yaml.Node, yaml.Node]]", node.value):
            key = str(cast("object", key_node.value))
            if key in seen:
                raise yaml.MarkedYAMLError(problem=f"the key “{key}” stands twice", problem_mark=key_node.start_mark)
            seen.add(key)
        return super().construct_mapping(node, deep)


def load_yaml(text: str) -> object:
    """The content as plain values (dates become `date`); raises `YamlError`."""
    try:
        return cast("object", yaml.load(text, Loader=_UniqueKeyLoader))  # noqa: S506 - a subclass of the safe loader
    except yaml.YAMLError as error:
        raise YamlError(_problem(error)) from error
    except (ValueError, RecursionError) as error:  # an impossible date such as 2027-02-30, or nesting without end
        raise YamlError(f"this cannot be read as YAML ({error})") from error


def line_of(text: str, loc: tuple[int | str, ...]) -> int:
    """The line, counted from one, of the deepest part of `loc` that stands in the text."""
    node = _compose(text)
    line = 1
    for part in loc:
        child = _child(node, part)
        if child is None:
            break
        line, node = child
    return line


def _compose(text: str) -> yaml.Node | None:
    return _UniqueKeyLoader(text).get_single_node()


def _problem(error: yaml.YAMLError) -> str:
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark is not None:
        return f"line {error.problem_mark.line + 1}: {error.problem or 'this cannot be read as YAML'}"
    return "this cannot be read as YAML"


def _child(node: yaml.Node | None, part: int | str) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in cast("list[tuple[yaml.Node, yaml.Node]]", node.value):
            if str(cast("object", key.value)) == str(part):
                return key.start_mark.line + 1, value
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int):
        items = cast("list[yaml.Node]", node.value)
        if part < len(items):
            return items[part].start_mark.line + 1, items[part]
    return None
