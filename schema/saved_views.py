"""Saved views: filters of lists that people gave a name, for everybody."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Annotated, Self

import strawberry
from strawberry import ID, UNSET, argument, field
from strawberry.scalars import JSON
from strawberry.types.base import get_object_definition
from strawberry.utils.str_converters import to_camel_case

from resolvers import saved_views
from runtime.errors import FlowdeckError, InvalidInput
from runtime.store.saved_views import View, ViewRecord, ViewTarget
from schema.described import described
from schema.executions.filter import ExecutionFilter, TaskRunFilter
from schema.filters import condition
from schema.flows.query import FlowFilter
from schema.info import Info
from schema.logs import LogFilter
from schema.metrics import MetricFilter
from schema.nodes import Node
from schema.scalars import SCALARS
from schema.triggers import TriggerFilter
from schema.user_errors import UserError, user_errors

described(
    ViewTarget,
    "Which list a saved view is of.",
    {
        "EXECUTIONS": "Executions.",
        "TASK_RUNS": "Task runs.",
        "FLOWS": "Flows.",
        "LOGS": "Log lines.",
        "METRICS": "Metrics.",
        "TRIGGERS": "Triggers.",
    },
    name="SavedViewTarget",
)


@strawberry.type(description="A filter of a list under a name; everybody sees it.")
class SavedView(Node):
    target: ViewTarget = field(description="Which list it is of.")
    name: str = field(description="Its name, which no other view of the list has.")
    description: str | None = field(description="What it is for.")
    filter: JSON = field(
        description="The filter as the list takes it, such as an `ExecutionFilter`."
    )
    settings: JSON | None = field(
        description="How a client shows the list: whatever it put here, columns for example."
    )
    version: int = field(description="Grows with every change.")
    created_at: datetime = field(description="When it was saved first.")
    created_by: str | None = field(description="Who saved it first; null where nobody has a name.")
    updated_at: datetime = field(description="When it was changed last.")
    updated_by: str | None = field(description="Who changed it last; null where nobody has a name.")

    @classmethod
    def of(cls, record: ViewRecord) -> Self:
        view = record.view
        return cls(
            id=ID(record.id),
            target=view.target,
            name=view.name,
            description=view.description,
            filter=JSON(view.filter),
            settings=None if view.settings is None else JSON(view.settings),
            version=record.version,
            created_at=record.created_at,
            created_by=record.created_by,
            updated_at=record.updated_at,
            updated_by=record.updated_by,
        )


@strawberry.input(
    one_of=True, description="The filter of a view: exactly one, which says of which list it is."
)
class SavedViewFilter:
    executions: ExecutionFilter | None = field(default=UNSET, description="Which executions.")
    task_runs: TaskRunFilter | None = field(default=UNSET, description="Which task runs.")
    flows: FlowFilter | None = field(default=UNSET, description="Which flows.")
    logs: LogFilter | None = field(default=UNSET, description="Which log lines.")
    metrics: MetricFilter | None = field(default=UNSET, description="Which metrics.")
    triggers: TriggerFilter | None = field(default=UNSET, description="Which triggers.")


@strawberry.input(description="A view to save.")
class SaveViewInput:
    id: ID | None = field(
        default=None, description="The view to change; a new one is made when absent."
    )
    name: str = field(description="Its name: 1 to 200 characters.")
    description: str | None = field(default=None, description="What it is for.")
    filter: SavedViewFilter = field(description="What it shows, and of which list.")
    settings: JSON | None = field(
        default=None, description="How a client shows the list; it is given back as it is."
    )
    expected_version: int | None = field(
        default=None,
        description="Refuse when the view's version is another one; any version when absent.",
    )


@strawberry.type(description="What saving a view led to.")
class SaveViewPayload:
    saved_view: SavedView | None = field(description="The view; null when it was not saved.")
    user_errors: list[UserError] = field(description="Why it was not saved; empty when it was.")


@strawberry.input(description="A view to delete.")
class DeleteViewInput:
    id: ID = field(description="The view.")


@strawberry.type(description="What deleting a view led to.")
class DeleteViewPayload:
    deleted_view_id: ID | None = field(
        description="The view that is gone; null when it was not deleted."
    )
    user_errors: list[UserError] = field(description="Why it was not deleted; empty when it was.")


@dataclass(frozen=True, slots=True)
class _Chosen:
    target: ViewTarget
    filter: object


def _chosen(given: SavedViewFilter) -> _Chosen:
    for target in ViewTarget:
        found = getattr(given, target.value.lower())
        if found is not UNSET and found is not None:
            return _Chosen(target, found)
    raise InvalidInput("The view has no filter.", hint="Give one list's filter.", path=("filter",))


def written(value: object) -> object:
    """An input as JSON, with the names by which it is given."""
    match value:
        case list():
            return [written(each) for each in value]
        case Enum():
            return value.name
        case datetime() | timedelta():
            write = SCALARS[type(value)].serialize
            return write(value) if write else value
    definition = get_object_definition(value)
    if definition is None:
        return value
    return {
        each.graphql_name or to_camel_case(each.python_name): written(found)
        for each in definition.fields
        if (found := getattr(value, each.python_name)) is not UNSET
    }


@strawberry.type
class SavedViewQuery:
    @strawberry.field(description="All saved views of a list, by name; 500 at most.")
    async def saved_views(
        self,
        info: Info,
        target: Annotated[ViewTarget, argument(description="Of which list.")],
    ) -> list[SavedView]:
        return [SavedView.of(each) for each in await saved_views.of_target(info.context, target)]


@strawberry.type
class SavedViewMutation:
    @strawberry.mutation(description="Save a filter of a list under a name.")
    async def save_view(
        self, info: Info, input: Annotated[SaveViewInput, argument(description="The view.")]
    ) -> SaveViewPayload:
        try:
            chosen = _chosen(input.filter)
            wanted = condition(chosen.filter)
            filter_given = written(chosen.filter)
            view = View(
                target=chosen.target,
                name=input.name,
                description=input.description,
                filter=filter_given if isinstance(filter_given, Mapping) else {},
                settings=input.settings,
            )
            found = await saved_views.save(
                info.context, view, wanted, input.id, input.expected_version
            )
        except FlowdeckError as error:
            return SaveViewPayload(saved_view=None, user_errors=user_errors(error))
        return SaveViewPayload(saved_view=SavedView.of(found), user_errors=[])

    @strawberry.mutation(description="Delete a saved view, for everybody.")
    async def delete_view(
        self, info: Info, input: Annotated[DeleteViewInput, argument(description="Which.")]
    ) -> DeleteViewPayload:
        try:
            await saved_views.delete(info.context, input.id)
        except FlowdeckError as error:
            return DeleteViewPayload(deleted_view_id=None, user_errors=user_errors(error))
        return DeleteViewPayload(deleted_view_id=input.id, user_errors=[])
