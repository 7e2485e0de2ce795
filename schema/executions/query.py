"""Reading executions and task runs: the root fields."""

from typing import Annotated

import strawberry
from strawberry import ID, argument

from resolvers import executions, task_runs
from schema.executions.filter import (
    ExecutionFilterArgument,
    ExecutionOrder,
    TaskRunFilterArgument,
    TaskRunOrder,
)
from schema.executions.types import Execution, TaskRun
from schema.filters import condition
from schema.info import Info
from schema.pages import After, Before, Connection, First, Last, asked, connection


@strawberry.type
class ExecutionQuery:
    @strawberry.field(description="An execution by its id; null when there is none.")
    async def execution(
        self, info: Info, id: Annotated[ID, argument(description="Its id.")]
    ) -> Execution | None:
        found = await executions.find(info.context, id)
        return Execution.of(found) if found else None

    @strawberry.field(description="Executions of all flows.")
    async def executions(
        self,
        info: Info,
        filter: ExecutionFilterArgument = None,
        order_by: Annotated[
            ExecutionOrder | None,
            argument(description="How they are sorted; the newest first when absent."),
        ] = None,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Connection[Execution]:
        order = (order_by or ExecutionOrder()).order()
        page = asked(first, after, last, before)
        found = await executions.page(info.context, condition(filter), order, page)
        return connection(found, Execution.of)

    @strawberry.field(description="Task runs of all executions.")
    async def task_runs(
        self,
        info: Info,
        filter: TaskRunFilterArgument = None,
        order_by: Annotated[
            TaskRunOrder | None,
            argument(description="How they are sorted; the newest first when absent."),
        ] = None,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Connection[TaskRun]:
        order = (order_by or TaskRunOrder()).order()
        page = asked(first, after, last, before)
        found = await task_runs.page(info.context, condition(filter), order, page)
        return connection(found, TaskRun.of)
