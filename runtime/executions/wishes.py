"""What may be wished for an execution: labels that people may set, breakpoints that can be met."""

from collections.abc import Collection, Mapping

from runtime.errors import InvalidInput, LimitExceeded
from runtime.executions.plan import plan
from runtime.flows.model import Flow

_LONGEST_KEY = 256
_LONGEST_VALUE = 4_096
_SYSTEM = "system."
REPLAYED = "system.replayed"
"""The label of an execution of which there is a replay."""


def check_labels(labels: Mapping[str, str]) -> None:
    """Raises InvalidInput for a key that is empty or reserved, LimitExceeded for a long text."""
    reserved = [key for key in labels if key.startswith(_SYSTEM)]
    if reserved:
        raise InvalidInput(
            f"Labels that begin with `system.` are set by Flowdeck: {', '.join(reserved)}.",
            hint="Choose another key.",
            path=("labels",),
        )
    if any(not key.strip() for key in labels):
        raise InvalidInput("A label has an empty key.", hint="Give it a name.", path=("labels",))
    for key, value in labels.items():
        if len(key) > _LONGEST_KEY or len(value) > _LONGEST_VALUE:
            raise LimitExceeded(
                f"The label `{key[:40]}` is too long: a key may have {_LONGEST_KEY} characters, "
                f"a value {_LONGEST_VALUE:,}.",
                hint="Give larger values as inputs.",
                path=("labels",),
            )


def check_breakpoints(flow: Flow, breakpoints: Collection[str]) -> None:
    """Raises InvalidInput for one that no task run of the flow could ever meet."""
    if not breakpoints:
        return
    known = plan(flow).places
    unknown = [each for each in breakpoints if each.partition(".")[0] not in known]
    if unknown:
        names = ", ".join(f"`{each[:80]}`" for each in unknown)
        raise InvalidInput(
            f"The flow has no task {names} to stop before.",
            hint="A breakpoint is the id of an enabled task, or `id.value` for one run of a loop.",
            path=("breakpoints",),
        )
