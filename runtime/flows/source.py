"""The text of a flow and of its tasks."""

from functools import lru_cache

from runtime.flows.model import Flow, Path, Task
from runtime.flows.nodes import compose, walk


def source_of(flow: Flow, task: Task) -> str:
    """The YAML of one task as written, moved to the left margin; empty when it has none."""
    span = _spans(flow.source).get(task.path)
    if span is None:
        return ""
    start, end = span
    indent = " " * (task.position.column - 1)
    lines = flow.source[start:end].rstrip().splitlines()
    return "\n".join([*lines[:1], *(line.removeprefix(indent) for line in lines[1:])])


def same_source(one: str, other: str) -> bool:
    """Whether saving the other text would change nothing, so that no new revision is made.

    Line ends and blank space at the end do not count; everything else does, comments included.
    """
    return _settled(one) == _settled(other)


def _settled(text: str) -> list[str]:
    lines = [line.rstrip() for line in text.splitlines()]
    while lines and not lines[-1]:
        lines.pop()
    return lines


@lru_cache(maxsize=64)
def _spans(source: str) -> dict[Path, tuple[int, int]]:
    root = compose(source).root
    if root is None:
        return {}
    return {path: (node.start, _end(source, node.start, node.end)) for path, node in walk(root)}


def _end(source: str, start: int, end: int) -> int:
    """The end without the comments and blank lines that follow the element."""
    lines = source[start:end].splitlines(keepends=True)
    while len(lines) > 1 and (not lines[-1].strip() or lines[-1].lstrip().startswith("#")):
        lines.pop()
    return start + sum(map(len, lines))
