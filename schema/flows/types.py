"""A flow: one revision of it, what it declares, and its graph."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Annotated, Self

import strawberry
from strawberry import ID, argument, field
from strawberry.scalars import JSON

from resolvers import executions, flows
from resolvers import topology as graphs
from runtime.flows.model import ConcurrencyBehavior, Input, InputType, Output, Task
from runtime.store.executions import ExecutionRecord
from runtime.store.flows import FlowRecord
from schema.described import described
from schema.info import Info
from schema.labels import Label
from schema.nodes import Node
from schema.pages import After, Before, Connection, First, Last, asked, connection
from schema.problems import FlowProblem
from schema.states import ExecutionState
from schema.topology import Topology

described(
    InputType,
    "What kind of value an input or output is.",
    {
        "STRING": "A text.",
        "INT": "A whole number.",
        "FLOAT": "A number.",
        "BOOL": "True or false.",
        "SELECT": "One of some values.",
        "MULTISELECT": "Several of some values.",
        "DATETIME": "A moment with its time zone.",
        "DATE": "A day.",
        "TIME": "A time of day.",
        "DURATION": "A length of time as ISO 8601 writes it.",
        "FILE": "A file that is uploaded, or its address in the internal storage.",
        "JSON": "Any JSON.",
        "YAML": "Any YAML.",
        "ION": "Any ION.",
        "URI": "An address.",
        "EMAIL": "A mail address.",
        "SECRET": "A text that is never shown and is kept encrypted.",
        "ARRAY": "A list of values of one type.",
        "FORM": "A group of inputs.",
        "OBJECT": "One value with properties of their own types.",
        "TABLE": "Rows with columns.",
    },
)
described(
    ConcurrencyBehavior,
    "What happens to an execution when the flow's limit is reached.",
    {
        "QUEUE": "It waits until a place is free.",
        "CANCEL": "It is cancelled.",
        "FAIL": "It fails.",
    },
)


@strawberry.type(description="An input that a flow declares, for the form that starts it.")
class FlowInput:
    id: str = field(description="Its id: the key under `inputs`. Dots make groups.")
    type: InputType = field(description="What kind of value it takes.")
    required: bool = field(description="Whether an execution cannot start without it.")
    defaults: JSON | None = field(
        description="Its value when none is given; may hold expressions. Null when there is none."
    )
    prefill: JSON | None = field(
        description="What a form shows at first; has no effect on the execution."
    )
    display_name: str | None = field(description="Its name for people.")
    description: str | None = field(description="What it is for.")
    depends_on: list[str] = field(description="The inputs that must be given first.")
    condition: str | None = field(
        description="An expression: the input is only asked for when it holds."
    )
    rules: JSON = field(
        description="What is particular to its type: min, max, values, validator and so on."
    )
    parts: list["FlowInput"] = field(
        description="The inputs of a FORM, the properties of an OBJECT or the columns of a TABLE."
    )

    @classmethod
    def of(cls, declared: Input) -> Self:
        return cls(
            id=declared.id,
            type=declared.type,
            required=declared.required,
            defaults=JSON(declared.defaults) if declared.has_defaults else None,
            prefill=None if declared.prefill is None else JSON(declared.prefill),
            display_name=declared.display_name,
            description=declared.description,
            depends_on=list(declared.depends_on),
            condition=declared.condition,
            rules=JSON({k: v for k, v in declared.rules.items() if k not in _PARTS}),
            parts=[cls.of(part) for part in _parts(declared)],
        )


_PARTS = ("inputs", "properties", "columns")


def _parts(declared: Input) -> Iterator[Input]:
    for name in _PARTS:
        found = declared.rules.get(name)
        if isinstance(found, tuple):
            yield from (part for part in found if isinstance(part, Input))


@strawberry.type(description="An output that a flow declares.")
class FlowOutput:
    id: str = field(description="Its id: the key under `outputs`.")
    type: InputType = field(description="What kind of value it is.")
    value: JSON = field(description="The expression that yields it.")
    required: bool = field(description="Whether the execution fails when it cannot be had.")
    display_name: str | None = field(description="Its name for people.")
    description: str | None = field(description="What it means.")

    @classmethod
    def of(cls, declared: Output) -> Self:
        return cls(
            id=declared.id,
            type=declared.type,
            value=JSON(declared.value),
            required=declared.required,
            display_name=declared.display_name,
            description=declared.description,
        )


@strawberry.type(description="A task as the flow's YAML declares it.")
class FlowTask:
    task_id: str = field(description="Its id, unique in the flow.")
    type: str = field(description="Its type by the full current name.")
    description: str | None = field(description="What it is for, in Markdown.")
    disabled: bool = field(description="Whether it is switched off.")
    parent_task_id: str | None = field(
        description="The flowable task that holds it; null at the top."
    )
    line: int = field(description="The line of the YAML on which it begins, from 1.")

    @classmethod
    def of(cls, found: tuple[Task, str | None]) -> Self:
        task, parent_id = found
        return cls(
            task_id=task.id,
            type=task.type,
            description=task.description,
            disabled=task.disabled,
            parent_task_id=parent_id,
            line=task.position.line,
        )


@strawberry.type(description="An execution of a flow in brief; `execution` has all of it.")
class RecentExecution:
    execution_id: ID = field(description="Its id.")
    state: ExecutionState = field(description="Its state.")
    created_at: datetime = field(description="When it was created.")
    duration: timedelta | None = field(
        description="How long it took, or has taken so far; null before it began."
    )

    @classmethod
    def of(cls, record: ExecutionRecord) -> Self:
        return cls(
            execution_id=ID(record.id),
            state=ExecutionState(record.state),
            created_at=record.created_at,
            duration=record.duration,
        )


@strawberry.type(description="How many executions of a flow may run at once.")
class FlowConcurrency:
    limit: int = field(description="The highest number of executions at once.")
    behavior: ConcurrencyBehavior = field(description="What happens to those above the limit.")


@strawberry.type(description="One revision of a flow.")
class Flow(Node):
    namespace: str = field(description="Its namespace, in parts with dots between them.")
    flow_id: str = field(description="Its id within the namespace.")
    revision: int = field(description="The revision, from 1; it grows with every saved change.")
    latest_revision: int = field(description="The newest revision of the same flow.")
    description: str | None = field(description="What it is for, in Markdown.")
    disabled: bool = field(description="Whether no execution of it can be started.")
    deleted: bool = field(description="Whether the flow was deleted; revisions stay readable.")
    labels: list[Label] = field(description="The labels of the flow, which its executions get.")
    created_at: datetime = field(description="When this revision was saved.")
    created_by: str | None = field(description="Who saved this revision, when that is known.")
    record: strawberry.Private[FlowRecord]

    @classmethod
    def of(cls, record: FlowRecord) -> Self:
        return cls(
            id=ID(flows.node_id(record.namespace, record.flow_id, record.revision)),
            namespace=record.namespace,
            flow_id=record.flow_id,
            revision=record.revision,
            latest_revision=record.latest_revision,
            description=record.description,
            disabled=record.disabled,
            deleted=record.deleted,
            labels=Label.all_of(record.labels),
            created_at=record.created_at,
            created_by=record.created_by,
            record=record,
        )

    @strawberry.field(description="The YAML as it was saved.")
    async def source(self, info: Info) -> str:
        return await flows.source(info.context, self.record)

    @strawberry.field(description="Its last executions, the oldest first, whatever their revision.")
    async def recent(
        self,
        info: Info,
        last: Annotated[int, argument(description="How many: 1 to 100.")] = 10,
    ) -> list[RecentExecution]:
        found = await executions.recent_of_flow(info.context, self.namespace, self.flow_id, last)
        return [RecentExecution.of(each) for each in found]

    @strawberry.field(description="The inputs that it declares, in order.")
    async def inputs(self, info: Info) -> list[FlowInput]:
        return [
            FlowInput.of(each) for each in (await flows.model(info.context, self.record)).inputs
        ]

    @strawberry.field(description="The outputs that it declares, in order.")
    async def outputs(self, info: Info) -> list[FlowOutput]:
        found = await flows.model(info.context, self.record)
        return [FlowOutput.of(each) for each in found.outputs]

    @strawberry.field(description="Its variables, which expressions see as `vars`.")
    async def variables(self, info: Info) -> JSON:
        return JSON(dict((await flows.model(info.context, self.record)).variables))

    @strawberry.field(description="Every task, in the order of the YAML, nested ones included.")
    async def tasks(self, info: Info) -> list[FlowTask]:
        return [FlowTask.of(each) for each in await flows.tasks(info.context, self.record)]

    @strawberry.field(description="How many executions may run at once; null without a limit.")
    async def concurrency(self, info: Info) -> FlowConcurrency | None:
        limit = (await flows.model(info.context, self.record)).concurrency
        if limit is None:
            return None
        return FlowConcurrency(limit=limit.limit, behavior=limit.behavior)

    @strawberry.field(description="Its tasks and triggers as a graph.")
    async def topology(self, info: Info) -> Topology:
        return Topology.of(await graphs.of_flow(info.context, self.record))

    @strawberry.field(description="What is wrong with it or could be better, by its YAML.")
    async def problems(self, info: Info) -> list[FlowProblem]:
        found = await flows.problems(info.context, self.record)
        return [FlowProblem.of(problem) for problem in found]

    @strawberry.field(description="Every revision of this flow, the newest first.")
    async def revisions(
        self,
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Connection["Flow"]:
        page = asked(first, after, last, before)
        return connection(await flows.revisions(info.context, self.record, page), Flow.of)
