"""Reading executions and task runs: the root fields."""

from typing import Annotated

import strawberry
from strawberry import ID, argument, field
from strawberry.scalars import JSON

from resolvers import executions, expressions, task_runs
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


@strawberry.input(description="An expression to try on an execution.")
class EvaluateExpressionInput:
    execution_id: ID = field(description="The execution whose variables it sees.")
    task_run_id: ID | None = field(
        default=None, description="The task run at whose place it is evaluated."
    )
    expression: str = field(description="The text with its expressions, such as `{{ inputs.x }}`.")


@strawberry.type(description="What an expression came to.")
class ExpressionEvaluation:
    value: JSON | None = field(description="The typed result; null when it failed.")
    text: str | None = field(description="The result as text; null when it failed.")
    error: str | None = field(description="What is wrong with it and how to mend it.")

    @classmethod
    def of(cls, found: expressions.Evaluation) -> "ExpressionEvaluation":
        value = None if found.value is None else JSON(found.value)
        return cls(value=value, text=found.text, error=found.error)


@strawberry.type
class ExecutionQuery:
    @strawberry.field(description="An execution by its id; null when there is none.")
    async def execution(
        self, info: Info, id: Annotated[ID, argument(description="Its id.")]
    ) -> Execution | None:
        found = await executions.find(info.context, id)
        return found and Execution.of(found)

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

    @strawberry.field(
        description="Evaluate an expression with what an execution knows, without changing it."
    )
    async def evaluate_expression(
        self,
        info: Info,
        input: Annotated[EvaluateExpressionInput, argument(description="The expression.")],
    ) -> ExpressionEvaluation:
        found = await expressions.evaluate(
            info.context, input.execution_id, input.task_run_id, input.expression
        )
        return ExpressionEvaluation.of(found)
