"""What a flow or task asks of the engine: retry, cache, concurrency, SLA, checks, worker group."""

from enum import StrEnum

from runtime.flows.model import (
    Check,
    CheckBehavior,
    Concurrency,
    ConcurrencyBehavior,
    Path,
    Retry,
    RetryBehavior,
    RetryKind,
    Sla,
    SlaBehavior,
    SlaKind,
    TaskCache,
)
from runtime.flows.nodes import Node, ScalarNode
from runtime.flows.problem import ProblemCode
from runtime.flows.read_labels import read_labels
from runtime.flows.reader import Fields, Reader

_NEEDED = {
    RetryKind.CONSTANT: ("interval",),
    RetryKind.EXPONENTIAL: ("interval", "maxInterval"),
    RetryKind.RANDOM: ("minInterval", "maxInterval"),
}


def read_retry(fields: Fields, *, is_block: bool = False) -> Retry | None:
    """The `retry` of a task or flow; a kind without its intervals is a problem.

    `is_block` says whether it is that of a task with child tasks, which can begin anew.
    """
    retry = _section(fields, "retry")
    if retry is None:
        return None
    kind = retry.word("type", RetryKind, required=True)
    times = {name: retry.seconds(name) for name in ("interval", "minInterval", "maxInterval")}
    for name in _NEEDED[kind] if kind else ():
        if name not in retry.node.entries:
            retry.missing(name)
    factor = retry.number("delayFactor", minimum=1)
    result = Retry(
        kind=kind or RetryKind.CONSTANT,
        interval=times["interval"],
        min_interval=times["minInterval"],
        max_interval=times["maxInterval"],
        delay_factor=2.0 if factor is None else factor,
        max_attempts=retry.whole("maxAttempts", "maxAttempt", minimum=1),
        max_duration=retry.seconds("maxDuration", positive=True),
        warning_on_retry=retry.flag("warningOnRetry"),
        behavior=retry.word("behavior", RetryBehavior) or RetryBehavior.RETRY_FAILED_TASK,
    )
    _check_intervals(retry, result)
    if result.behavior is RetryBehavior.RETRY_FLOWABLE and not is_block:
        retry.bad(
            "behavior",
            "RETRY_FLOWABLE is for a task that holds other tasks.",
            "Put the retry on the block around, or choose RETRY_FAILED_TASK.",
        )
    retry.refuse_unknown("A retry")
    return result


def _check_intervals(fields: Fields, retry: Retry) -> None:
    """Intervals that contradict each other, or leave no time for a second attempt."""
    name = "minInterval" if retry.kind is RetryKind.RANDOM else "interval"
    first = retry.min_interval if retry.kind is RetryKind.RANDOM else retry.interval
    if first is None:
        return
    if retry.max_interval is not None and first > retry.max_interval:
        fields.bad(name, f"`{name}` is above `maxInterval`.", "Swap the two.")
    if retry.max_duration is not None and first > retry.max_duration:
        fields.reader.warn(
            f"`{name}` is longer than `maxDuration`, so that nothing is ever tried again.",
            "Make `maxDuration` longer.",
            (*fields.path, name),
            fields.position,
            ProblemCode.NO_EFFECT,
        )


def read_cache(fields: Fields) -> TaskCache | None:
    cache = _section(fields, "taskCache")
    if cache is None:
        return None
    result = TaskCache(enabled=cache.flag("enabled"), ttl=cache.duration("ttl", positive=True))
    cache.refuse_unknown("A task cache")
    return result


class Fallback(StrEnum):
    FAIL = "FAIL"
    WAIT = "WAIT"
    CANCEL = "CANCEL"
    IGNORE = "IGNORE"


class Match(StrEnum):
    ALL = "ALL"
    ANY = "ANY"


def read_worker_group(fields: Fields) -> str | None:
    """The key of a worker group: `workerGroup: {key: gpu}`, the key alone, or the newer
    `workerSelector: {tags: [gpu]}`, whose first tag is the key. It is kept, and has no effect yet.
    """
    for name in ("workerGroup", "workerSelector"):
        note_no_effect(fields, name, "Every server runs every task.")
    selected = _read_selector(fields)
    entry = fields.entry("workerGroup")
    if entry is None:
        return selected
    if isinstance(entry.node, ScalarNode):
        return entry.node.text
    group = _section(fields, "workerGroup")
    if group is None:
        return None
    key = group.text("key", required=True)
    group.word("fallback", Fallback)
    group.refuse_unknown("A worker group")
    return key


def _read_selector(fields: Fields) -> str | None:
    selector = _section(fields, "workerSelector")
    if selector is None:
        return None
    tags = selector.texts("tags")
    selector.word("match", Match)
    selector.word("fallback", Fallback)
    selector.refuse_unknown("A worker selector")
    return tags[0] if tags else None


def note_no_effect(fields: Fields, name: str, hint: str) -> None:
    """A warning for a property that may be written and changes nothing."""
    entry = fields.entry(name)
    if entry is not None:
        fields.reader.warn(
            f"`{name}` has no effect here.",
            hint,
            (*fields.path, name),
            entry.position,
            ProblemCode.NO_EFFECT,
        )


def read_concurrency(fields: Fields) -> Concurrency | None:
    section = _section(fields, "concurrency")
    if section is None:
        return None
    limit = section.whole("limit", minimum=1)
    if "limit" not in section.node.entries:
        section.missing("limit")
    behavior = section.word("behavior", ConcurrencyBehavior) or ConcurrencyBehavior.QUEUE
    queue_limit = section.whole("queueLimit", "queueSize", minimum=0)
    if behavior is not ConcurrencyBehavior.QUEUE:
        for name in ("queueLimit", "queueSize"):
            note_no_effect(section, name, f"With {behavior} none waits; write `behavior: QUEUE`.")
    section.refuse_unknown("A concurrency limit")
    return Concurrency(limit or 1, behavior, queue_limit)


def read_slas(fields: Fields) -> tuple[Sla, ...]:
    found = (_read_sla(fields.reader, path, node) for path, node in fields.items("sla"))
    return tuple(sla for sla in found if sla is not None)


def _read_sla(reader: Reader, path: Path, node: Node) -> Sla | None:
    fields = reader.map(node, path, "An SLA")
    if fields is None:
        return None
    kind = fields.word("type", SlaKind, required=True)
    sla = Sla(
        id=fields.text("id", required=True) or "",
        kind=kind or SlaKind.MAX_DURATION,
        behavior=fields.word("behavior", SlaBehavior, required=True) or SlaBehavior.NONE,
        duration=fields.seconds("duration", required=kind is SlaKind.MAX_DURATION, positive=True),
        assertion=fields.text("assert", required=kind is SlaKind.EXECUTION_ASSERTION),
        labels=read_labels(fields),
    )
    fields.refuse_unknown("An SLA")
    return sla


def read_checks(fields: Fields) -> tuple[Check, ...]:
    found = (_read_check(fields.reader, path, node) for path, node in fields.items("checks"))
    return tuple(check for check in found if check is not None)


def _read_check(reader: Reader, path: Path, node: Node) -> Check | None:
    fields = reader.map(node, path, "A check")
    if fields is None:
        return None
    check = Check(
        condition=fields.text("condition", "when", required=True) or "",
        message=fields.text("message", required=True) or "",
        style=fields.text("style") or "INFO",
        behavior=fields.word("behavior", CheckBehavior) or CheckBehavior.BLOCK_EXECUTION,
    )
    if check.style not in ("ERROR", "SUCCESS", "WARNING", "INFO"):
        fields.bad("style", "`style` is unknown.", "Choose ERROR, SUCCESS, WARNING or INFO.")
    fields.refuse_unknown("A check")
    return check


def _section(fields: Fields, name: str) -> Fields | None:
    entry = fields.entry(name)
    if entry is None:
        return None
    return fields.reader.map(entry.node, (*fields.path, name), f"`{name}`")
