"""Expressions tried out: what one gives in an execution, before a flow is changed."""

from typing import Annotated, Self

import strawberry
from strawberry import ID, argument, field
from strawberry.scalars import JSON

from resolvers import expressions
from runtime.engine.evaluation import Evaluated, Mistake
from schema.info import Info


@strawberry.input(description="An expression, and where it is to be evaluated.")
class EvaluateExpressionInput:
    execution_id: ID = field(description="The execution whose inputs, outputs and so on it sees.")
    task_run_id: ID | None = field(
        default=None,
        description="One of its task runs, for `taskrun`, `parents` and the values of a loop.",
    )
    expression: str = field(
        description="A template as in a flow, such as `{{ outputs.first.value | upper }}`."
    )


@strawberry.type(description="Why an expression gives nothing.")
class ExpressionProblem:
    message: str = field(description="What is wrong, in a sentence.")
    hint: str = field(description="How to mend it; empty when there is nothing to add.")
    line: int | None = field(description="In which line of the expression, from 1.")
    column: int | None = field(
        description="At which character of that line, from 1; null when that is not known."
    )


@strawberry.type(description="What an expression gives: a value, or the problem that stops it.")
class ExpressionEvaluation:
    value: JSON | None = field(
        description="The value with its type when the template is one `{{ }}`, else the text."
    )
    text: str | None = field(
        description="As it is printed inside a text; null when there is a problem."
    )
    problem: ExpressionProblem | None = field(description="What stopped it; null when nothing did.")

    @classmethod
    def of(cls, found: Evaluated | Mistake) -> Self:
        match found:
            case Evaluated(value, text):
                return cls(value=JSON(value), text=text, problem=None)
            case Mistake():
                problem = ExpressionProblem(
                    message=found.message, hint=found.hint, line=found.line, column=found.column
                )
                return cls(value=None, text=None, problem=problem)


@strawberry.type
class ExpressionQuery:
    @strawberry.field(
        description=(
            "Try an expression out on an execution. Nothing changes: `http()` and `subflow()` are "
            "not called, and in the place of secrets it sees `******`."
        )
    )
    async def evaluate_expression(
        self,
        info: Info,
        input: Annotated[EvaluateExpressionInput, argument(description="What, and where.")],
    ) -> ExpressionEvaluation:
        return ExpressionEvaluation.of(
            await expressions.evaluate(
                info.context, input.execution_id, input.task_run_id, input.expression
            )
        )
