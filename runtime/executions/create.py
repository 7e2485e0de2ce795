"""How an execution comes to be."""

from collections.abc import Mapping

from runtime.executions.decision import ChangeKind, Decision, Event
from runtime.executions.messages import CreateExecution
from runtime.executions.model import Execution, ExecutionKind, ExecutionTrigger, StateChange
from runtime.executions.states import ExecutionState
from runtime.flows.model import Flow
from runtime.flows.templates import pins_of, written_pins

CORRELATION = "system.correlationId"
WANTED_OUTPUTS = "wantedOutputs"
"""In an execution's memory: the outputs, as written, that a deprecated Subflow property names."""
TEMPLATES = "templates"
"""In an execution's memory: the revisions of the templates that its flow is put together with."""


def create(
    flow: Flow, request: CreateExecution, trigger: ExecutionTrigger | None
) -> tuple[Execution, Decision]:
    """A new execution in the state CREATED; `Begin` starts it.

    Its labels are the flow's, then the request's; `system.correlationId` is its own id unless the
    request hands one down. Version and sequence are 1.
    """
    loop = request.loop
    execution = Execution(
        id=request.id,
        namespace=flow.namespace,
        flow_id=flow.id,
        flow_revision=flow.revision,
        state=ExecutionState.CREATED,
        history=(StateChange(ExecutionState.CREATED, request.at),),
        created_at=request.at,
        inputs=request.inputs,
        labels=_labels(flow, request),
        trigger=trigger,
        kind=ExecutionKind.LOOP if loop is not None else ExecutionKind.NORMAL,
        scheduled_at=request.scheduled_at,
        parent_id=request.parent_id,
        parent_task_run_id=request.parent_task_run_id,
        original_id=request.id,
        breakpoints=request.breakpoints,
        version=1,
        sequence=1,
        memory={**_memory(request), **pinned(flow)},
    )
    event = Event(1, request.at, ChangeKind.EXECUTION_CREATED, ExecutionState.CREATED)
    return execution, Decision(execution_changed=True, events=[event])


def pinned(flow: Flow) -> dict[str, object]:
    """What an execution of a flow remembers of its templates: nothing without any."""
    return {TEMPLATES: written_pins(pins_of(flow))} if flow.taken_in else {}


def _memory(request: CreateExecution) -> dict[str, object]:
    """What the rules must not forget: which iteration it is, what its starter wants to know."""
    memory: dict[str, object] = {}
    if request.loop is not None:
        memory["loop"] = dict(request.loop)
    if request.wanted_outputs:
        memory[WANTED_OUTPUTS] = dict(request.wanted_outputs)
    return memory


def _labels(flow: Flow, request: CreateExecution) -> Mapping[str, str]:
    labels = {**flow.labels, **request.labels}
    labels.setdefault(CORRELATION, request.id)
    return labels
