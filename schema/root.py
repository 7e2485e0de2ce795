"""Gather the rooms to the one schema."""

from collections.abc import Callable
from functools import partial
from typing import Annotated

import strawberry
from graphql import GraphQLError
from strawberry import ID, argument
from strawberry.extensions import (
    DisableIntrospection,
    SchemaExtension,
)
from strawberry.schema.config import StrawberryConfig
from strawberry.types import ExecutionContext

from resolvers import nodes as found
from runtime.events.event import StoredLog, StoredMetric
from runtime.store.bulk_operations import BulkRecord
from runtime.store.executions import ExecutionRecord
from runtime.store.flows import FlowRecord
from runtime.store.saved_views import ViewRecord
from runtime.store.task_runs import TaskRunRecord
from runtime.store.triggers import TriggerRecord
from runtime.store.workers import WorkerRecord
from schema.bulk_operations.mutation import BulkMutation
from schema.bulk_operations.query import BulkQuery
from schema.bulk_operations.subscription import BulkSubscription
from schema.bulk_operations.types import BulkOperation
from schema.dependencies import DependencyQuery
from schema.diff import DiffQuery
from schema.documents import Documents
from schema.executions.mutation import ExecutionMutation
from schema.executions.query import ExecutionQuery
from schema.executions.subscription import ExecutionSubscription
from schema.executions.types import Execution, TaskRun
from schema.executor import Executor
from schema.expressions import ExpressionQuery
from schema.flows.mutation import FlowMutation
from schema.flows.query import FlowQuery
from schema.flows.types import Flow
from schema.info import Info
from schema.limits import Limits
from schema.logs import LogEntry, LogQuery, LogSubscription
from schema.metrics import Metric, MetricQuery, MetricSubscription
from schema.nodes import Node
from schema.saved_views import SavedView, SavedViewMutation, SavedViewQuery
from schema.scalars import SCALARS
from schema.statistics import StatisticsQuery
from schema.triggers import Trigger, TriggerMutation, TriggerQuery
from schema.trusted import OnlyTrusted, Trusted
from schema.user_errors import ERROR_TYPES
from schema.viewer import ViewerQuery
from schema.workers import Worker, WorkerQuery


def _node(record: found.Record | None) -> Node | None:
    match record:
        case ExecutionRecord():
            return Execution.of(record)
        case TaskRunRecord():
            return TaskRun.of(record)
        case FlowRecord():
            return Flow.of(record)
        case TriggerRecord():
            return Trigger.of(record)
        case BulkRecord():
            return BulkOperation.of(record)
        case ViewRecord():
            return SavedView.of(record)
        case WorkerRecord():
            return Worker.of(record)
        case StoredLog():
            return LogEntry.of(record)
        case StoredMetric():
            return Metric.of(record)
        case None:
            return None


@strawberry.type
class NodeQuery:
    @strawberry.field(description="Anything by its id; null when there is no such thing.")
    async def node(
        self, info: Info, id: Annotated[ID, argument(description="Its id.")]
    ) -> Node | None:
        return _node(await found.find(info.context, id))

    @strawberry.field(
        description="Several things by their ids, in the same order; null for what is not there."
    )
    async def nodes(
        self, info: Info, ids: Annotated[list[ID], argument(description="Their ids, at most 200.")]
    ) -> list[Node | None]:
        return [_node(record) for record in await found.find_all(info.context, ids)]


@strawberry.type(description="Everything that can be read.")
class Query(
    NodeQuery,
    ViewerQuery,
    FlowQuery,
    ExecutionQuery,
    BulkQuery,
    LogQuery,
    MetricQuery,
    StatisticsQuery,
    ExpressionQuery,
    SavedViewQuery,
    TriggerQuery,
    DependencyQuery,
    WorkerQuery,
    DiffQuery,
):
    pass


@strawberry.type(
    description=(
        "Everything that can be changed. A change is durable when it answers; what stops it and "
        "can be mended is in `userErrors`."
    )
)
class Mutation(FlowMutation, ExecutionMutation, BulkMutation, TriggerMutation, SavedViewMutation):
    pass


@strawberry.type(
    description=(
        "Everything that can be watched. A stream begins with a heartbeat that says from where, "
        "goes on after the cursor of any item, misses nothing and repeats nothing."
    )
)
class Subscription(ExecutionSubscription, BulkSubscription, LogSubscription, MetricSubscription):
    pass


class Schema(strawberry.Schema):
    """The schema; its errors are logged where they are translated, in `schema.errors`."""

    def process_errors(
        self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None
    ) -> None:
        pass


def build(*, introspection: bool = True, trusted: Trusted | None = None) -> Schema:
    """The one schema with the limits on every operation."""
    extensions: list[Callable[[], SchemaExtension]] = [
        Documents,
        Limits,
    ]
    if not introspection:
        extensions.append(DisableIntrospection)
    if trusted is not None and trusted.alone:
        extensions.append(partial(OnlyTrusted, trusted))
    return Schema(
        query=Query,
        mutation=Mutation,
        subscription=Subscription,
        types=ERROR_TYPES,
        extensions=extensions,
        execution_context_class=Executor,
        config=StrawberryConfig(
            scalar_map=SCALARS,
            # A suggestion tells the name of a field as well as introspection does.
            disable_field_suggestions=not introspection,
        ),
    )


def printed() -> str:
    """The schema as `schema.graphql` holds it."""
    return build().as_str() + "\n"
