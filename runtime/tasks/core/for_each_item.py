"""The two parts of a ForEachItem that do I/O: cut the file, and gather what the children yield.

Nobody writes them in a flow; the rules run them under `<id>_split` and `<id>_merge` with the
properties of the ForEachItem itself.
"""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from runtime.executions.plan import MERGE, SPLIT
from runtime.flows.types import NotRendered, Properties
from runtime.store import children
from runtime.tasks.core.storage import split_stored
from runtime.tasks.properties import Structured, Text
from runtime.tasks.rows import write_row
from runtime.tasks.splitting import Cut, byte_size
from runtime.tasks.task import Outputs, Run, WorkTask


class Batch(Properties):
    """How the items are cut into batches: one row each, when nothing is said."""

    rows: int | None = None
    partitions: int | None = None
    bytes: Text | None = None
    separator: Text = "\n"

    def cut(self) -> Cut:
        size = byte_size(self.bytes) if self.bytes else None
        return Cut(self.rows, size, self.partitions, self.separator.encode() or b"\n")


class Part(WorkTask):
    """What both parts share: properties for the children are theirs, and stay as written."""

    model_config = ConfigDict(extra="ignore")

    inputs: Annotated[object, NotRendered()] = None
    labels: Annotated[object, NotRendered()] = None
    schedule_date: Annotated[object, NotRendered()] = None


class SplitOutputs(Outputs):
    uris: list[str]
    """The batches, in order."""


class Split(Part):
    """Cut the items of a ForEachItem into batches."""

    type_name = SPLIT
    outputs = SplitOutputs

    items: Text
    batch: Annotated[Batch, Structured] = Field(default_factory=Batch)

    async def run(self, run: Run) -> BaseModel:
        return SplitOutputs(uris=await split_stored(run, self.items, self.batch.cut()))


class MergeOutputs(Outputs):
    subflow_outputs: str | None = None
    """An ION file with the outputs of every child execution, in the order of the batches."""


class Merge(Part):
    """Gather the outputs of the executions that a ForEachItem started."""

    type_name = MERGE
    outputs = MergeOutputs

    async def run(self, run: Run) -> BaseModel:
        items = run.task_id.removesuffix("_merge") + "_items"
        target = run.directory / "outputs.ion"
        count = 0
        with target.open("wb") as file:
            async for outputs in children.outputs(run.services.pool, run.task_run_id, items):
                write_row(outputs, file)
                count += 1
        if count == 0:
            return MergeOutputs()
        return MergeOutputs(subflow_outputs=await run.files.put_new(".ion", target))
