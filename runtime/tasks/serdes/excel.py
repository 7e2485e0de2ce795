"""`serdes.excel`: from Excel workbooks to ION and back."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import ClassVar

from pydantic import BaseModel, Field

from runtime.flows.types import MetricSpec
from runtime.tasks.core.storage_items import scratch
from runtime.tasks.properties import Text, Texts
from runtime.tasks.serdes.conversion import RECORDS, ConversionOutputs
from runtime.tasks.task import Outputs, Run, TaskFailed, WorkTask
from runtime.tasks.threads import in_thread


class SheetsOutputs(Outputs):
    uris: dict[str, str]
    """From the title of a sheet to its rows."""
    size: int
    """How many rows in all."""


class ExcelToIon(WorkTask):
    """Read the sheets of an Excel workbook (`.xlsx`) into ION rows, a file for each.

    `sheetsTitle` names those that are wanted; without it all are.
    """

    type_name = "io.kestra.plugin.serdes.excel.ExcelToIon"
    outputs = SheetsOutputs
    metrics: ClassVar[tuple[MetricSpec, ...]] = RECORDS

    from_: Text = Field(alias="from")
    sheets_title: Texts = Field(default_factory=list)
    header: bool = True
    skip_empty_rows: bool = False
    skip_rows: int = 0

    async def run(self, run: Run) -> BaseModel:
        # not above: openpyxl takes a while to import, which every start would pay
        from runtime.tasks.excel_files import SheetStyle, read_workbook

        style = SheetStyle(self.header, self.skip_rows, self.skip_empty_rows)
        with TemporaryDirectory(dir=run.directory) as place:
            source = Path(place, "source.xlsx")
            await run.files.fetch(self.from_, source)
            sheets = await in_thread(
                lambda stop: read_workbook(source, Path(place), self.sheets_title, style, stop)
            )
            uris = {sheet.title: await run.files.put_new(".ion", sheet.path) for sheet in sheets}
        total = sum(sheet.rows for sheet in sheets)
        run.counter("records", total)
        return SheetsOutputs(uris=uris, size=total)


class IonToExcel(WorkTask):
    """Write ION rows as an Excel workbook; `from` may map titles of sheets to files of rows."""

    type_name = "io.kestra.plugin.serdes.excel.IonToExcel"
    outputs = ConversionOutputs
    metrics: ClassVar[tuple[MetricSpec, ...]] = RECORDS

    from_: dict[Text, Text] | Text = Field(alias="from")
    sheets_title: Text = "Sheet"
    header: bool = True

    async def run(self, run: Run) -> BaseModel:
        # not above: openpyxl takes a while to import, which every start would pay
        from runtime.tasks.excel_files import write_workbook

        wanted = {self.sheets_title: self.from_} if isinstance(self.from_, str) else self.from_
        if not wanted:
            raise TaskFailed("`from` names no file of rows.")
        async with scratch(run, next(iter(wanted.values()))) as (first, target):
            paths = {title: first.with_name(f"rows-{n}") for n, title in enumerate(wanted)}
            for title, uri in wanted.items():
                await run.files.fetch(uri, paths[title])
            count = await in_thread(lambda stop: write_workbook(paths, target, self.header, stop))
            uri = await run.files.put_new(".xlsx", target)
        run.counter("records", count)
        return ConversionOutputs(uri=uri, size=count)
