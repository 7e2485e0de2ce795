"""Tables of flows and what must come of them, for tests/conformance.

A flow is written without its `id` and `namespace`, which come from the row's title, and with short
names of types: `flow.If` for `io.kestra.plugin.core.flow.If`, `shell.Commands` for the script.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count
from textwrap import dedent

from runtime.engine.engine import Engine, NewExecution
from tests.support.engine import Driver, Seen
from tests.support.waiting import until

NAMESPACE = "conformance"
_TYPE = re.compile(
    r"\btype: (flow|log|debug|execution|output|kv|state|storage|namespace|trigger)\.(?=[A-Z])"
)
_NUMBER = count(1)


@dataclass(frozen=True, slots=True)
class Row:
    """A flow, and what has come of it when it has ended.

    `runs` are the task runs in the order of creation, as `task:STATE` or `task[value]:STATE`;
    `yields` are outputs of tasks, `outputs` those of the flow; `logs` are lines that must be there.
    """

    title: str
    source: str
    state: str = "SUCCESS"
    runs: str | None = None
    inputs: Mapping[str, object] = field(default_factory=dict)
    yields: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    outputs: Mapping[str, object] | None = None
    attempts: Mapping[str, int] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    logs: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.title


@dataclass(slots=True)
class Bench:
    """Runs flows, by themselves or row by row."""

    driver: Driver

    @property
    def engine(self) -> Engine:
        return self.driver.runtime.engine

    async def save(self, source: str, flow_id: str | None = None) -> str:
        """Save a flow under an id, or under one of its own; the id."""
        name = flow_id or f"flow-{next(_NUMBER)}"
        await self.driver.save(whole(source, name))
        return name

    async def start(
        self, flow_id: str, inputs: Mapping[str, object] | None = None, **more: object
    ) -> str:
        request = NewExecution(NAMESPACE, flow_id, inputs=inputs or {}, **more)  # type: ignore[arg-type]  # a test names the fields
        return await self.engine.create_execution(request)

    async def run(
        self, source: str, inputs: Mapping[str, object] | None = None, **more: object
    ) -> Seen:
        return await self.over(await self.start(await self.save(source), inputs, **more))

    async def over(self, execution_id: str, runs: int | None = None) -> Seen:
        """The execution once it and all its task runs have ended, `runs` of them when told."""

        async def look() -> bool:
            seen = await self.driver.look(execution_id)
            is_open = any(not run.state.is_terminal for run in seen.task_runs)
            enough = runs is None or len(seen.task_runs) >= runs
            return seen.execution.state.is_terminal and not is_open and enough

        await until(look, within=15, what="the end")
        return await self.driver.look(execution_id)

    async def children(self, execution_id: str) -> list[Seen]:
        rows = await self.driver.runtime.pool.fetch(
            "SELECT id FROM executions WHERE parent_id = $1 ORDER BY id", execution_id
        )
        return [await self.driver.look(row["id"]) for row in rows]

    async def holds(self, row: Row) -> Seen:
        """Run the row's flow and compare."""
        execution_id = await self.start(await self.save(row.source), row.inputs)
        expected = None if row.runs is None else len(row.runs.split())
        seen = await self.over(execution_id, expected)
        assert (seen.state, shown(seen)) == (row.state, row.runs or shown(seen)), seen.logs
        for task, values in row.yields.items():
            yielded = seen.yielded(task)
            assert {key: yielded.get(key) for key in values} == values
        for task, number in row.attempts.items():
            assert len(seen.run(task).attempts) == number
        assert row.outputs is None or seen.outputs == row.outputs
        assert {key: seen.execution.labels.get(key) for key in row.labels} == row.labels
        missing = [line for line in row.logs if not any(line in each for each in seen.logs)]
        assert not missing, seen.logs
        return seen


def shown(seen: Seen) -> str:
    """All task runs in one line."""
    return " ".join(
        f"{run.task_id}{'' if run.value is None else f'[{run.value}]'}:{run.state.value}"
        for run in seen.task_runs
    )


def whole(source: str, flow_id: str) -> str:
    """A flow's source with its id, namespace and the full names of its types."""
    body = _TYPE.sub(r"type: io.kestra.plugin.core.\1.", dedent(source))
    body = re.sub(r"\btype: shell\.(?=[A-Z])", "type: io.kestra.plugin.scripts.shell.", body)
    return f"id: {flow_id}\nnamespace: {NAMESPACE}\n{body}"
