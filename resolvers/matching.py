"""Whether a record meets a condition, decided here as PostgreSQL would; for live log lines."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from runtime.events.event import StoredLog
from runtime.store.conditions import All, AnyOf, Condition, Is, Not, Operator


def log_matches(condition: Condition, line: StoredLog, now: datetime) -> bool:
    """Whether a log line meets a condition made of the columns of log lines."""
    match condition:
        case All(parts):
            return all(log_matches(part, line, now) for part in parts)
        case AnyOf(parts):
            return any(log_matches(part, line, now) for part in parts)
        case Not(part):
            return not log_matches(part, line, now)
        case Is("text", _, value):
            return str(value).lower() in line.message.lower()
        case Is(column, Operator.WITHIN, value):
            return isinstance(value, timedelta) and getattr(line, column) >= now - value
        case Is(column, operator, value):
            return _TESTS[operator](getattr(line, column), value)


def _either(test: Callable[..., bool]) -> Callable[[object, object], bool]:
    """A comparison that holds for nothing that is absent, as in SQL."""
    return lambda have, want: have is not None and test(have, want)


def _below(have: str, want: str) -> bool:
    return have == want or have.startswith(want + ".")


_TESTS: Mapping[Operator, Callable[[object, object], bool]] = {
    Operator.EQ: _either(lambda have, want: have == want),
    Operator.NOT_EQ: lambda have, want: have != want,
    Operator.IN: _either(lambda have, want: have in want),
    Operator.NOT_IN: lambda have, want: have is None or have not in want,  # type: ignore[operator]  # a list, by the schema
    Operator.CONTAINS: _either(lambda have, want: want.lower() in have.lower()),
    Operator.STARTS_WITH: _either(lambda have, want: have.startswith(want)),
    Operator.ENDS_WITH: _either(lambda have, want: have.endswith(want)),
    Operator.PREFIX: _either(_below),
    Operator.GTE: _either(lambda have, want: have >= want),
    Operator.GT: _either(lambda have, want: have > want),
    Operator.LTE: _either(lambda have, want: have <= want),
    Operator.LT: _either(lambda have, want: have < want),
}
