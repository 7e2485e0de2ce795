"""Two executions side by side: what is different, and where they parted."""

from typing import Annotated, Self

import strawberry
from strawberry import ID, argument, field
from strawberry.scalars import JSON

from resolvers import diff
from runtime.executions import diff as model
from runtime.executions.diff import Difference
from schema.described import described
from schema.executions.types import Execution, TaskRun
from schema.info import Info

described(
    Difference,
    "In what two task runs of the same place differ. More kinds may come.",
    {
        "ADDED": "Only `head` has one there.",
        "REMOVED": "Only `base` has one there.",
        "STATE": "They are in different states.",
        "ATTEMPTS": "They needed different numbers of attempts.",
        "OUTPUTS": "They yielded different outputs.",
    },
    name="TaskDifference",
)


@strawberry.type(description="A name under which two executions have different values.")
class ValueChange:
    name: str = field(description="The label, input, variable or output.")
    base: JSON | None = field(description="The value in `base`; null when it is not there.")
    head: JSON | None = field(description="The value in `head`; null when it is not there.")
    is_added: bool = field(description="Whether only `head` has it.")
    is_removed: bool = field(description="Whether only `base` has it.")

    @classmethod
    def of(cls, change: model.ValueChange) -> Self:
        return cls(
            name=change.name,
            base=None if change.base is None else JSON(change.base),
            head=None if change.head is None else JSON(change.head),
            is_added=not change.in_base,
            is_removed=not change.in_head,
        )


@strawberry.type(description="The task runs of one place in two executions, which differ.")
class TaskDiff:
    task_id: str = field(description="The task.")
    value: str | None = field(description="The loop value; null outside of loops.")
    differences: list[Difference] = field(description="In what they differ.")
    pair: strawberry.Private[model.Pair]

    @classmethod
    def of(cls, pair: model.Pair) -> Self:
        run = pair.head or pair.base
        return cls(
            task_id=run.task_id if run else "",
            value=run.value if run else None,
            differences=list(pair.differences),
            pair=pair,
        )

    @strawberry.field(description="The task run of `base`; null when it has none there.")
    async def base(self, info: Info) -> TaskRun | None:
        found = await diff.task_run(info.context, self.pair.base)
        return TaskRun.of(found) if found else None

    @strawberry.field(description="The task run of `head`; null when it has none there.")
    async def head(self, info: Info) -> TaskRun | None:
        found = await diff.task_run(info.context, self.pair.head)
        return TaskRun.of(found) if found else None

    @strawberry.field(
        description="The outputs that differ, of task runs that both have; secrets are masked."
    )
    async def outputs(self, info: Info) -> list[ValueChange]:
        return [ValueChange.of(each) for each in await diff.outputs(info.context, self.pair)]


@strawberry.type(
    description=(
        "What is different in two executions. Secrets, and the addresses of stored files, count as "
        "the same."
    )
)
class ExecutionDiff:
    base: Execution = field(description="The execution that is compared with.")
    head: Execution = field(description="The execution that is compared.")
    source: str | None = field(
        description=(
            "How the YAML of the flow and of its templates changed, as a unified diff; null when "
            "both ran the same."
        )
    )
    labels: list[ValueChange] = field(
        description="The labels that differ, without the `system.` ones."
    )
    inputs: list[ValueChange] = field(description="The inputs that differ.")
    variables: list[ValueChange] = field(description="The variables that differ.")
    outputs: list[ValueChange] = field(description="The outputs of the flow that differ.")
    tasks: list[TaskDiff] = field(
        description=(
            "The task runs that differ, in the order in which they were created; 1,000 at most."
        )
    )
    is_cut: bool = field(description="Whether there are more task runs that differ.")

    @classmethod
    def of(cls, found: diff.Diff) -> Self:
        return cls(
            base=Execution.of(found.base),
            head=Execution.of(found.head),
            source=found.source,
            labels=[ValueChange.of(each) for each in found.labels],
            inputs=[ValueChange.of(each) for each in found.inputs],
            variables=[ValueChange.of(each) for each in found.variables],
            outputs=[ValueChange.of(each) for each in found.outputs],
            tasks=[TaskDiff.of(pair) for pair in found.tasks],
            is_cut=found.is_cut,
        )

    @strawberry.field(
        description="Where they parted: the first of `tasks`; null when no task run differs."
    )
    def first_divergence(self) -> TaskDiff | None:
        return next(iter(self.tasks), None)


@strawberry.type
class DiffQuery:
    @strawberry.field(
        description=(
            "What is different in an execution from another one, of the same flow as a rule: "
            "what was given, what was run, and what came of it."
        )
    )
    async def execution_diff(
        self,
        info: Info,
        base: Annotated[ID, argument(description="The execution that is compared with.")],
        head: Annotated[ID, argument(description="The execution that is compared.")],
    ) -> ExecutionDiff:
        return ExecutionDiff.of(await diff.of_executions(info.context, base, head))
