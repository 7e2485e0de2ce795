"""Reading flows: the root fields, the filter and the order."""

from enum import Enum
from typing import Annotated, Self

import strawberry
from strawberry import UNSET, argument, enum_value, field
from strawberry.scalars import JSON

from resolvers import flows
from resolvers.topology import of_graph
from runtime.store.conditions import Order
from schema.filters import (
    DateTimeFilter,
    LabelFilter,
    NamespaceFilter,
    StringFilter,
    condition,
)
from schema.flows.task_types import TaskType
from schema.flows.types import Flow
from schema.info import Info
from schema.pages import (
    After,
    Before,
    Connection,
    First,
    Last,
    SortDirection,
    asked,
    connection,
    order_of,
)
from schema.problems import FlowProblem
from schema.topology import Topology


@strawberry.input(description="Which flows are meant. All that is set must hold.")
class FlowFilter:
    and_: list["FlowFilter"] | None = field(
        default=UNSET, name="and", description="All of these hold, too."
    )
    or_: list["FlowFilter"] | None = field(
        default=UNSET, name="or", description="At least one of these holds."
    )
    not_: "FlowFilter | None" = field(default=UNSET, name="not", description="This does not hold.")
    text: str | None = field(
        default=UNSET, description="The id, the namespace or the description holds this."
    )
    namespace: NamespaceFilter | None = field(default=UNSET, description="The namespace.")
    flow_id: StringFilter | None = field(default=UNSET, description="The id of the flow.")
    labels: list[LabelFilter] | None = field(
        default=UNSET, description="Conditions on labels, all of which hold."
    )
    disabled: bool | None = field(default=UNSET, description="Whether it is switched off.")
    updated_at: DateTimeFilter | None = field(
        default=UNSET, description="When its newest revision was saved."
    )


@strawberry.enum(description="What flows can be sorted by.")
class FlowOrderField(Enum):
    NAME = enum_value("name", description="The namespace, then the id.")
    UPDATED_AT = enum_value("updated_at", description="When the newest revision was saved.")


@strawberry.input(description="How flows are sorted.")
class FlowOrder:
    by: FlowOrderField = field(
        name="field", default=FlowOrderField.NAME, description="What they are sorted by."
    )
    direction: SortDirection = field(
        default=SortDirection.ASC, description="Which way they are sorted."
    )

    def order(self) -> Order:
        return order_of(self.by, self.direction)


@strawberry.type(description="What a check of a flow's YAML found, without saving it.")
class FlowValidation:
    valid: bool = field(description="Whether it could be saved.")
    namespace: str | None = field(description="The namespace in it, as far as it can be read.")
    flow_id: str | None = field(description="The id in it, as far as it can be read.")
    problems: list[FlowProblem] = field(description="Everything to mend, in the order of the YAML.")
    topology: Topology | None = field(description="Its graph, as far as it can be read.")

    @classmethod
    def of(cls, found: flows.Validation) -> Self:
        return cls(
            valid=found.valid,
            namespace=found.namespace,
            flow_id=found.flow_id,
            problems=[FlowProblem.of(problem) for problem in found.problems],
            topology=Topology.of(of_graph(found.graph)) if found.graph else None,
        )


@strawberry.type(description="A namespace and what is in it.")
class Namespace:
    name: str = field(description="Its full name, in parts with dots between them.")
    flow_count: int = field(description="How many flows are directly in it.")


@strawberry.type
class FlowQuery:
    @strawberry.field(description="The namespaces that have flows, in the order of their names.")
    async def namespaces(
        self,
        info: Info,
        prefix: Annotated[
            str | None, argument(description="Only this namespace and those below it.")
        ] = None,
    ) -> list[Namespace]:
        found = await flows.namespaces(info.context, prefix)
        return [Namespace(name=name, flow_count=count) for name, count in found]

    @strawberry.field(description="A flow by its names; null when there is none.")
    async def flow(
        self,
        info: Info,
        namespace: Annotated[str, argument(description="Its namespace.")],
        flow_id: Annotated[str, argument(description="Its id within the namespace.")],
        revision: Annotated[
            int | None, argument(description="Which revision; the newest when absent.")
        ] = None,
    ) -> Flow | None:
        found = await flows.find(info.context, namespace, flow_id, revision)
        return Flow.of(found) if found else None

    @strawberry.field(description="Flows in their newest revisions; deleted ones are left out.")
    async def flows(
        self,
        info: Info,
        filter: Annotated[
            FlowFilter | None, argument(description="Which flows; all without it.")
        ] = None,
        order_by: Annotated[
            FlowOrder | None, argument(description="How they are sorted; by name when absent.")
        ] = None,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Connection[Flow]:
        order = (order_by or FlowOrder()).order()
        page = asked(first, after, last, before)
        found = await flows.page(info.context, condition(filter), order, page)
        return connection(found, Flow.of)

    @strawberry.field(description="Check a flow's YAML without saving it.")
    async def validate_flow(
        self, info: Info, source: Annotated[str, argument(description="The YAML.")]
    ) -> FlowValidation:
        return FlowValidation.of(await flows.validate(info.context, source))

    @strawberry.field(description="The JSON Schema of flows, with every known type, for editors.")
    async def flow_json_schema(self, info: Info) -> JSON:
        return JSON(flows.json_schema(info.context))

    @strawberry.field(
        description="The documentation of every type of task, trigger and condition, by name."
    )
    async def task_types(
        self,
        info: Info,
        search: Annotated[
            str | None, argument(description="Only those whose name or title holds this.")
        ] = None,
    ) -> list[TaskType]:
        return [TaskType.of(page) for page in flows.task_types(info.context, search)]
