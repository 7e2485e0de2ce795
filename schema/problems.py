"""The problems of a flow's YAML."""

from typing import Self

import strawberry
from strawberry import field

from runtime.flows.problem import Problem, ProblemCode, Severity
from schema.described import described

described(
    Severity,
    "How grave a problem is.",
    {
        "ERROR": "The flow cannot be saved.",
        "WARNING": "The flow runs; something in it is old or has no effect.",
    },
)
described(
    ProblemCode,
    "What kind of problem it is. More kinds may come.",
    {
        "SYNTAX": "It is not YAML.",
        "LIMIT": "It is larger or deeper than a flow may be.",
        "DUPLICATE_KEY": "A key is written twice in one map.",
        "MISSING": "Something that is needed is not there.",
        "UNKNOWN_PROPERTY": "There is no such property here.",
        "UNKNOWN_TYPE": "There is no such type of task or trigger.",
        "INVALID_VALUE": "The value is not of the kind that is wanted.",
        "INVALID_ID": "An id holds characters that it may not hold.",
        "DUPLICATE_ID": "The same id is given twice.",
        "UNKNOWN_REFERENCE": "Something is named that is not there.",
        "CYCLE": "Tasks or inputs wait for each other in a circle.",
        "EXPRESSION": "An expression cannot be read.",
        "RESERVED": "The name is taken by the product.",
        "DEPRECATED": "It still works and has a better successor.",
        "NO_EFFECT": "It does nothing.",
    },
)


@strawberry.type(description="One thing to mend in a flow's YAML.")
class FlowProblem:
    message: str = field(description="What is wrong, in a sentence.")
    hint: str = field(description="How to mend it; empty when the message says it.")
    line: int = field(description="The line of the first character at fault, from 1.")
    column: int = field(description="The column of the first character at fault, from 1.")
    path: list[str] = field(
        description="The keys and indexes that lead to the element, such as tasks, 0, id."
    )
    code: ProblemCode = field(description="What kind of problem it is, for programs.")
    severity: Severity = field(description="Whether it stops the flow from being saved.")

    @classmethod
    def of(cls, problem: Problem) -> Self:
        return cls(
            message=problem.message,
            hint=problem.hint,
            line=problem.position.line,
            column=problem.position.column,
            path=[str(part) for part in problem.path],
            code=problem.code,
            severity=problem.severity,
        )
