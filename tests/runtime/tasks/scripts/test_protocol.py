import pytest

from runtime.executions.model import LogLevel
from runtime.tasks.scripts.protocol import Mark, read_mark


def mark(line: str) -> Mark:
    found = read_mark(line)
    assert isinstance(found, Mark)
    return found


def test_outputs_metrics_and_logs_are_read() -> None:
    found = mark(
        '::{"outputs": {"a": 1}, "metrics": [{"name": "m", "type": "timer", "value": 1.5,'
        ' "tags": {"k": 2}}], "logs": [{"level": "warn", "message": "careful"}]}::'
    )
    assert found.outputs == {"a": 1}
    assert (found.metrics[0].type, found.metrics[0].value) == ("timer", 1.5)
    assert found.metrics[0].tags == {"k": "2"}
    assert (found.logs[0].severity, found.logs[0].message) == (LogLevel.WARN, "careful")


@pytest.mark.parametrize("line", ["", "plain", "::", "::{}", "{}::", 'x ::{"outputs": {}}::'])
def test_other_lines_are_ordinary(line: str) -> None:
    assert read_mark(line) is None


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("::{oops}::", "not valid JSON"),
        ('::{"metrics": [{"name": "m"}]}::', "metrics.0.value"),
        ('::{"outputs": [1]}::', "outputs"),
    ],
)
def test_a_wrong_mark_says_what_is_wrong(line: str, why: str) -> None:
    found = read_mark(line)
    assert isinstance(found, str)
    assert why in found
