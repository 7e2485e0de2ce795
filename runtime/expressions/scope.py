"""What one rendering sees: variables, facts from outside, the clock and the secrets it met."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import orjson

from runtime.clock import SystemClock
from runtime.expressions.problems import MissingValueError
from runtime.expressions.secrets import Secrets


class Carried:
    """Text that a fact carries and is not told apart by: asked for twice it is the same fact."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text

    def __str__(self) -> str:
        return ""


@dataclass(frozen=True, slots=True, eq=False)
class Fact:
    """A question to the outside world: a kind (`kv`, `secret`, `read` …) and its arguments.

    | kind          | arguments                                             |
    |---------------|-------------------------------------------------------|
    | `kv`          | key, namespace                                        |
    | `secret`      | key, namespace, subkey                                |
    | `read`        | path, namespace                                       |
    | `fileSize`, `fileExists`, `isFileEmpty` | path, namespace             |
    | `http`        | uri, method, query, body, contentType, headers, options, accept |
    | `subflow`     | namespace, flowId, revision, inputs, labels           |
    | `errorLogs`   | none                                                  |
    | `store`       | name, text: puts a file into the execution's folder   |
    | `rowPages`    | path: where the pages of a file of rows begin         |
    | `rows`        | path, start, end: the rows between two of its bytes   |

    `namespace` is null for the flow's own. Two facts are equal when they ask the same.
    """

    kind: str
    arguments: Mapping[str, Any] = field(default_factory=dict)
    identity: bytes = field(init=False, repr=False)

    def __post_init__(self) -> None:
        identity = orjson.dumps(
            self.arguments, default=str, option=orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS
        )
        object.__setattr__(self, "identity", identity)

    def __hash__(self) -> int:
        return hash((self.kind, self.identity))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Fact):
            return NotImplemented
        return self.kind == other.kind and self.identity == other.identity


class FactNeeded(Exception):
    """The rendering stops here until the caller has fetched `fact`; then it renders again."""

    def __init__(self, fact: Fact) -> None:
        super().__init__(f"{fact.kind} {dict(fact.arguments)}")
        self.fact = fact


@dataclass(frozen=True, slots=True)
class Opened:
    """An answer that was sealed where it was kept, and the texts in it that are secret."""

    value: object
    secrets: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Failed:
    message: str
    hint: str


class Facts:
    """Answers fetched so far. One object lives as long as its rendering is retried."""

    __slots__ = ("_answers",)

    def __init__(self) -> None:
        self._answers: dict[Fact, object] = {}

    def get(self, fact: Fact) -> Any:
        """The answer; raises `FactNeeded` if nobody has fetched it, an error if it failed."""
        try:
            answer = self._answers[fact]
        except KeyError:
            raise FactNeeded(fact) from None
        if isinstance(answer, _Failed):
            raise MissingValueError(answer.message, hint=answer.hint)
        return answer

    def put(self, fact: Fact, value: object) -> None:
        """Store what was fetched."""
        self._answers[fact] = value

    def fail(self, fact: Fact, message: str, hint: str = "") -> None:
        """Store that it cannot be had; `??` in the expression may then choose another value."""
        self._answers[fact] = _Failed(message, hint)


@dataclass(slots=True)
class Scope:
    """Everything a rendering depends on. `variables` may be lazy: it is never copied.

    `entropy(n)` gives n random bytes for uuid(), randomInt() and the like. `secrets` collects
    the secret values met on the way, to be masked wherever people read.
    """

    variables: Mapping[str, object]
    facts: Facts = field(default_factory=Facts)
    clock: Callable[[], datetime] = SystemClock().now
    secrets: Secrets = field(default_factory=Secrets)
    entropy: Callable[[int], bytes] = os.urandom
