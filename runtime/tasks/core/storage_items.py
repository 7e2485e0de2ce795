"""`core.storage`: keep, drop and compact the rows of stored ION files."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from runtime.expressions.printing import to_text
from runtime.flows.truth import is_true
from runtime.flows.types import NotRendered
from runtime.tasks.core.http_options import Upper
from runtime.tasks.properties import Text
from runtime.tasks.rows import read_rows, write_row
from runtime.tasks.task import Outputs, Run, TaskFailed, WorkTask
from runtime.tasks.threads import Stop

_BREATHE_EVERY = 200


class FilterOutputs(Outputs):
    uri: str
    processed_items_total: int
    dropped_items_total: int


class FilterItems(WorkTask):
    """Keep the rows for which a condition holds, or drop them.

    `filterCondition` is rendered for each row, whose fields are its variables. What happens to a
    row for which it fails or yields null says `errorOrNullBehavior`.
    """

    type_name = "io.kestra.plugin.core.storage.FilterItems"
    outputs = FilterOutputs

    from_: Text = Field(alias="from")
    filter_condition: Annotated[str, NotRendered()]
    filter_type: Annotated[Literal["INCLUDE", "EXCLUDE"], Upper] = "INCLUDE"
    error_or_null_behavior: Annotated[Literal["FAIL", "INCLUDE", "EXCLUDE"], Upper] = "FAIL"

    async def run(self, run: Run) -> BaseModel:
        total = kept = 0
        async with scratch(run, self.from_) as (source, target):
            with target.open("wb") as file:
                async for row in rows(source):
                    total += 1
                    if await self._is_kept(run, row):
                        kept += 1
                        write_row(row, file)
            uri = await run.files.put_new(".ion", target)
        return FilterOutputs(uri=uri, processed_items_total=total, dropped_items_total=total - kept)

    async def _is_kept(self, run: Run, row: object) -> bool:
        try:
            found = await run.render(self.filter_condition, variables_of(row))
        except TaskFailed:
            if self.error_or_null_behavior == "FAIL":
                raise
            found = None
        if found is None:
            if self.error_or_null_behavior == "FAIL":
                raise TaskFailed(f"The condition is null for the row {str(row)[:200]}.")
            return self.error_or_null_behavior == "INCLUDE"
        return is_true(found) == (self.filter_type == "INCLUDE")


class DeduplicateOutputs(Outputs):
    uri: str
    num_keys: int
    processed_items_total: int
    dropped_items_total: int


class DeduplicateItems(WorkTask):
    """Keep the last row of each key; `expr` yields the key from the fields of a row."""

    type_name = "io.kestra.plugin.core.storage.DeduplicateItems"
    outputs = DeduplicateOutputs

    from_: Text = Field(alias="from")
    expr: Annotated[str, NotRendered()]

    async def run(self, run: Run) -> BaseModel:
        last: dict[bytes, int] = {}
        total = 0
        async with scratch(run, self.from_) as (source, target):
            async for row in rows(source):
                key = to_text(await run.render(self.expr, variables_of(row)))
                last[hashlib.blake2b(key.encode(), digest_size=16).digest()] = total
                total += 1
            kept = set(last.values())
            place = 0
            with target.open("wb") as file:
                async for row in rows(source):
                    if place in kept:
                        write_row(row, file)
                    place += 1
            uri = await run.files.put_new(".ion", target)
        return DeduplicateOutputs(
            uri=uri,
            num_keys=len(last),
            processed_items_total=total,
            dropped_items_total=total - len(last),
        )


@asynccontextmanager
async def scratch(run: Run, uri: str) -> AsyncIterator[tuple[Path, Path]]:
    """A local copy of a stored file, and a place for another; both go afterwards."""
    with TemporaryDirectory(dir=run.directory) as place:
        source, target = Path(place, "source"), Path(place, "target")
        await run.files.fetch(uri, source)
        yield source, target


@asynccontextmanager
async def scratch_file(run: Run) -> AsyncIterator[Path]:
    """A place for one file beside the run's directory; it goes afterwards."""
    with TemporaryDirectory(dir=run.directory.parent) as place:
        yield Path(place, "file")


async def rows(source: Path) -> AsyncIterator[object]:
    """The rows of a file; other work has its turn in between."""
    for number, row in enumerate(read_rows(source, Stop())):
        if number % _BREATHE_EVERY == 0:
            await asyncio.sleep(0)
        yield row


def variables_of(row: object) -> dict[str, object]:
    """A row's fields as variables; one that is no map is there as `value`."""
    return {str(k): v for k, v in row.items()} if isinstance(row, dict) else {"value": row}
