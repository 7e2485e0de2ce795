"""The text of one task, and whether two sources are the same."""

from runtime.flows.parse import parse
from runtime.flows.source import same_source, source_of
from tests.support.flow_types import TYPES

SOURCE = """id: one  # 🚀 häuser
namespace: company.team
tasks:
  # before
  - id: row
    type: io.kestra.plugin.core.flow.Sequential
    tasks:
      - id: first
        type: io.kestra.plugin.core.log.Log
        message: |
          one
            two

        # about the next

      - {id: second, type: io.kestra.plugin.core.debug.Return, format: ü}
"""


def test_a_task_is_shown_as_written_at_the_left_margin() -> None:
    flow = parse(SOURCE, TYPES).flow
    assert flow is not None
    row, first, second = flow.walk()
    assert source_of(flow, first) == (
        "id: first\ntype: io.kestra.plugin.core.log.Log\nmessage: |\n  one\n    two"
    )
    assert source_of(flow, second) == (
        "{id: second, type: io.kestra.plugin.core.debug.Return, format: ü}"
    )
    assert source_of(flow, row).startswith("id: row\n")
    assert source_of(flow, row).endswith("format: ü}")


def test_the_text_of_a_task_can_be_read_again() -> None:
    flow = parse(SOURCE, TYPES).flow
    assert flow is not None
    first = flow.tasks[0].branch("tasks")[0]
    assert source_of(flow, first).splitlines()[0] == "id: first"


def test_blank_space_at_line_ends_makes_no_other_source() -> None:
    assert same_source("id: a\nb: c\n", "id: a  \r\nb: c\n\n")
    assert not same_source("id: a\n", "id: a # why\n")
    assert not same_source("a:\n  b: 1\n", "a:\n   b: 1\n")
