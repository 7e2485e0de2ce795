"""The values of a Loop: kept with the execution, or read from a stored file page by page."""

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass

from runtime.executions.environment import RenderFailed, RowPages
from runtime.executions.flowables.loops import MOST_VALUES, value_list
from runtime.executions.model import TaskRun
from runtime.executions.step import Step
from runtime.flows.model import Task

MOST_IN_FILE = 1_000_000
_STORED = re.compile(r"(kestra|flowdeck|file)://")


@dataclass(frozen=True, slots=True)
class Found:
    """The values that a Loop begins with: how many, and what the execution keeps of them."""

    count: int
    kept: object
    is_keyed: bool
    is_file: bool


def find(step: Step, run: TaskRun, task: Task, values: object, *, gathers: bool) -> Found:
    """Read what `values` says. A Loop that gathers outputs has all of its values in memory.

    Raises RenderFailed or Deferred.
    """
    if not isinstance(values, str) or _STORED.match(values) is None:
        listed = value_list(values)
        return Found(len(listed), listed, isinstance(values, Mapping), is_file=False)
    pages = step.env.row_pages(values, step.execution, run)
    if pages is not None:
        _check(pages, gathers=gathers)
    if pages is not None and not gathers:
        kept = {"uri": values, "size": pages.size, "starts": [list(each) for each in pages.starts]}
        return Found(pages.count, kept, is_keyed=False, is_file=True)
    rows = "{{ fromIon(read('" + values.replace("'", "") + "'), allRows=true) }}"
    listed = value_list(step.env.value(rows, step.execution, task, run))
    return Found(len(listed), listed, is_keyed=False, is_file=True)


def value_at(step: Step, run: TaskRun, kept: object, number: int) -> object:
    """One of the values. Raises RenderFailed or Deferred where it stands in a file."""
    if isinstance(kept, list):
        return kept[number]
    if not isinstance(kept, Mapping):
        return None
    starts = kept["starts"]
    place = bisect_right(starts, number, key=lambda page: page[0]) - 1
    first, start = starts[place]
    end = starts[place + 1][1] if place + 1 < len(starts) else kept["size"]
    rows = step.env.rows(str(kept["uri"]), start, end, step.execution, run)
    value = rows[number - first]
    if value is None:
        raise RenderFailed(f"The value {number:,} of {kept['uri']} is null. Leave such lines out.")
    return value


def _check(pages: RowPages, *, gathers: bool) -> None:
    if pages.count > MOST_IN_FILE:
        raise RenderFailed(
            f"A Loop takes at most {MOST_IN_FILE:,} values from a file and this one has "
            f"{pages.count:,}. Cut it into batches with ForEachItem."
        )
    if gathers and pages.count > MOST_VALUES:
        raise RenderFailed(
            f"A Loop that gathers `outputs` takes at most {MOST_VALUES:,} values and this file has "
            f"{pages.count:,}. Leave `outputs` out, or cut the file into batches with ForEachItem."
        )
