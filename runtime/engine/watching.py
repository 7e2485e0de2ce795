"""Look at log lines and key-value pairs for `log.Trigger` and `kv.Listen`, and start flows.

What a trigger has seen is its memory: `mark`. Before it starts anything it writes down how far this
look goes (`upTo`), and the start has a key made of both. Whoever repeats it after a crash sees the
same and finds the execution; what comes meanwhile is left to the next look.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from runtime.clock import Clock
from runtime.engine.launch import Launch, Launcher
from runtime.engine.occasions import Occasions
from runtime.engine.trigger_book import Known
from runtime.engine.trigger_log import TriggerLog
from runtime.engine.variables import iso
from runtime.errors import FlowdeckError, LimitExceeded, Unavailable
from runtime.executions.model import LogLevel
from runtime.store import trigger_state, watches
from runtime.store.pool import Pool
from runtime.store.trigger_state import Due
from runtime.triggers.watching import KvListen, LogTrigger

_MOST_PAIRS = 1_000
_MARK, _UP_TO = "mark", "upTo"


@dataclass(frozen=True, slots=True)
class Watching:
    """Evaluates the triggers that watch what Flowdeck keeps."""

    pool: Pool
    occasions: Occasions
    launcher: Launcher
    log: TriggerLog
    clock: Clock

    async def look(self, due: Due, known: Known, kind: LogTrigger | KvListen) -> None:
        """Look once. What cannot be looked at is looked at again after the interval."""
        now, started, is_full = self.clock.now(), None, False
        try:
            started, is_full = await self._look(due, known, kind, now)
        except Unavailable:
            raise
        except FlowdeckError as error:
            started = await self._fail(known, error, now)
        following = now if is_full else now + timedelta(seconds=kind.interval)
        if due.next_at is not None:
            await trigger_state.advance(self.pool, due, due.next_at, following, started, now)

    async def _look(
        self, due: Due, known: Known, kind: LogTrigger | KvListen, now: datetime
    ) -> tuple[str | None, bool]:
        """The execution that was started, and whether there is more to see at once."""
        memory = await watches.memory(self.pool, due)
        if memory is None:
            return None, False
        watch = (
            _Lines(self.pool, known, kind)
            if isinstance(kind, LogTrigger)
            else _Pairs(self.pool, known, kind, now)
        )
        if _MARK not in memory:
            await watches.remember(self.pool, due, {_MARK: await watch.present()})
            return None, False
        mark = memory[_MARK]
        news = await watch.news(mark, memory.get(_UP_TO))
        if news.variables is None:
            if news.up_to != mark:
                await watches.remember(self.pool, due, {_MARK: news.up_to})
            return None, news.is_full
        if not await watches.remember(self.pool, due, {_MARK: mark, _UP_TO: news.up_to}):
            return None, False
        started = await self._start(
            known, news.variables, f"watch:{_digest(mark, news.up_to)}", now
        )
        await watches.remember(self.pool, due, {_MARK: news.up_to})
        return started, news.is_full

    async def _start(
        self, known: Known, variables: Mapping[str, object], key: str, now: datetime
    ) -> str | None:
        seen = {"trigger": variables}
        if not await self.occasions.hold(known.flow, known.trigger, now, seen):
            message = "What was seen does not fit the conditions."
            self.log.say(known.flow, known.trigger, LogLevel.DEBUG, message)
            return None
        name = f"{key}:{known.trigger.id}"
        return await self.launcher.launch(Launch(known.flow, known.trigger, variables, name))

    async def _fail(self, known: Known, error: FlowdeckError, now: datetime) -> str | None:
        if known.trigger.fail_on_trigger_error:
            key = f"watch:{known.trigger.id}:{now.isoformat()}"
            return await self.launcher.fail(Launch(known.flow, known.trigger, {}, key), error)
        message = f"It could not be evaluated: {error}"
        self.log.say(known.flow, known.trigger, LogLevel.ERROR, message)
        return None


@dataclass(frozen=True, slots=True)
class _News:
    """How far a look goes, and what expressions see as `trigger`; None when there is nothing."""

    up_to: object
    variables: Mapping[str, object] | None = None
    is_full: bool = False


@dataclass(frozen=True, slots=True)
class _Lines:
    pool: Pool
    known: Known
    kind: LogTrigger

    async def present(self) -> object:
        return await watches.last_line(self.pool)

    async def news(self, mark: object, up_to: object) -> _News:
        # The end first: whatever is written after it stands behind it.
        last = up_to if isinstance(up_to, int) else await watches.last_line(self.pool)
        flow, kind = self.known.flow, self.kind
        what = watches.WatchedLines(
            (flow.namespace, flow.id), kind.namespace, kind.flow_id, kind.task_id,
            LogLevel[kind.level], kind.max_records,
        )  # fmt: skip
        after = mark if isinstance(mark, int) else last
        lines = await watches.lines(self.pool, what, after, last)
        if not lines:
            return _News(last)
        is_full = len(lines) == kind.max_records
        shown = [
            {
                "executionId": line.execution_id,
                "namespace": line.namespace,
                "flowId": line.flow_id,
                "taskId": line.task_id,
                "level": line.level.name,
                "message": line.message,
                "timestamp": iso(line.at),
            }
            for line in lines
        ]
        end = lines[-1].position if is_full else last
        return _News(end, {"count": len(shown), "logs": shown}, is_full)


@dataclass(frozen=True, slots=True)
class _Pairs:
    pool: Pool
    known: Known
    kind: KvListen
    now: datetime

    @property
    def _namespace(self) -> str:
        return self.kind.namespace or self.known.flow.namespace

    async def present(self) -> object:
        found = await watches.pairs(
            self.pool, self._namespace, self.kind.key, self.kind.prefix, self.now, _MOST_PAIRS + 1
        )
        if len(found) > _MOST_PAIRS:
            raise LimitExceeded(
                f"There are more than {_MOST_PAIRS:,} pairs to listen to.",
                hint="Name one `key`, or a longer `prefix`.",
            )
        return found

    async def news(self, mark: object, up_to: object) -> _News:
        before = mark if isinstance(mark, Mapping) else {}
        after = up_to if isinstance(up_to, Mapping) else await self.present()
        if not isinstance(after, Mapping):
            return _News(mark)
        changes = [
            (key, _change(before.get(key), after.get(key)))
            for key in sorted({*before, *after})
            if before.get(key) != after.get(key)
        ]
        wanted = {key: change for key, change in changes if change in self.kind.on}
        if not wanted:
            return _News(after)
        values = await watches.values(self.pool, self._namespace, list(wanted), self.now)
        shown = [
            {"key": key, "type": change, "value": values.get(key)} for key, change in wanted.items()
        ]
        return _News(after, {"namespace": self._namespace, **shown[0], "changes": shown})


def _change(before: object, after: object) -> str:
    if before is None:
        return "CREATED"
    return "DELETED" if after is None else "UPDATED"


def _digest(*marks: object) -> str:
    text = json.dumps(marks, sort_keys=True)
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
