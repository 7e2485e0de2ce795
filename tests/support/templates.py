"""Flows that take in templates, for tests/conformance."""

from tests.support.conformance import NAMESPACE, Bench
from tests.support.engine import Seen

RETURN = "{id: %s, type: debug.Return, format: '%s'}"
FAIL = "{id: %s, type: execution.Fail}"


def takes(template: str, task: str = "t", more: str = "") -> str:
    """A Template task."""
    return (
        f"{{id: {task}, type: flow.Template, namespace: {NAMESPACE}, templateId: {template}{more}}}"
    )


async def template(bench: Bench, *tasks: str, more: str = "") -> str:
    return await bench.save(f"tasks: [{', '.join(tasks)}]\n{more}")


def value(seen: Seen, task: str) -> object:
    return seen.yielded(task)["value"]
