"""Secrets of a held execution: open in memory, sealed in every row that is written of it.

A text that holds a secret anywhere is sealed as a whole, so that expressions get it back after a
restart of the server and nobody else ever sees it. Where a text has to stay readable (logs, labels,
messages, tags) the secret in it is replaced by the mask.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from runtime.executions.decision import Decision, Event
from runtime.executions.model import Attempt, Execution, LogLine, Metric, TaskRun
from runtime.expressions.secrets import MASK, Secrets
from runtime.files.vault import Vault, any_within, is_sealed

_VALUE = "sealedValue"
"""Where the value of an iteration is kept when it cannot be shown."""


@dataclass(frozen=True, slots=True)
class Secrecy:
    """What is secret in one execution, and the key for it. `secrets` grows while it runs."""

    vault: Vault
    secrets: Secrets

    def open(self, value: object) -> Any:
        """The value with all that is sealed in it opened; what was sealed is secret from now on."""
        if not any_within(value, is_sealed):
            return value
        return _deep(value, lambda text: text, self._opened, lambda entries: None)

    def seal(self, value: object) -> Any:
        """The value with every text sealed that holds a secret."""
        return _deep(value, self._sealed, self._kept, self._sealed_map) if self.secrets else value

    def _seal_each(self, named: Mapping[str, object]) -> dict[str, Any]:
        """Values under names that stand in the flow: a secret that equals a name hides no name."""
        return {name: self.seal(value) for name, value in named.items()}

    def mask(self, text: str) -> str:
        return self.secrets.mask(text)

    def open_execution(self, execution: Execution) -> Mapping[str, object]:
        """Open what was read of an execution, in place; its inputs stay and are answered open."""
        inputs: Mapping[str, object] = self.open(execution.inputs)
        execution.variables = self.open(execution.variables)
        execution.outputs = self.open(execution.outputs)
        execution.memory = self.open(execution.memory)
        if execution.trigger is not None:
            opened = self.open(execution.trigger.variables)
            execution.trigger = replace(execution.trigger, variables=opened)
        for run_id, outputs in execution.task_outputs.items():
            execution.task_outputs[run_id] = self.open(outputs)
        for run_id, run in execution.task_runs.items():
            if run.dynamic:
                execution.task_runs[run_id] = self._opened_run(run)
        return inputs

    def sealed_execution(self, execution: Execution) -> Execution:
        """A copy as it may be written."""
        if not self.secrets:
            return execution
        trigger = execution.trigger
        return replace(
            execution,
            inputs=self._seal_each(execution.inputs),
            variables=self.seal(execution.variables),
            outputs=execution.outputs and self._seal_each(execution.outputs),
            memory=self.seal(execution.memory),
            error=self._masked(execution.error),
            labels=self._masked(execution.labels),
            trigger=trigger and replace(trigger, variables=self.seal(trigger.variables)),
        )

    def sealed_decision(self, decision: Decision) -> Decision:
        """A copy as it may be written."""
        if not self.secrets:
            return decision
        return replace(
            decision,
            task_runs={key: self._sealed_run(run) for key, run in decision.task_runs.items()},
            outputs={key: self.seal(value) for key, value in decision.outputs.items()},
            events=[self._event(event) for event in decision.events],
            logs=[self._line(line) for line in decision.logs],
            metrics=[self._metric(metric) for metric in decision.metrics],
        )

    def _opened(self, sealed: Mapping[str, object]) -> object:
        value, secrets = self.vault.unsealed(sealed)
        for each in secrets:
            self.secrets.add(each)
        return value

    def _sealed_map(self, entries: Mapping[str, object]) -> object:
        """A map whose keys hold secrets, sealed as a whole."""
        if not any(type(key) is str and self.secrets.within(key) for key in entries):
            return None
        return self.vault.sealed_map(entries, [s for s in self.secrets if s in str(entries)])

    @staticmethod
    def _kept(sealed: Mapping[str, object]) -> object:
        return sealed

    def _sealed(self, text: str) -> object:
        return self.vault.sealed_value(text) if self.secrets.within(text) else text

    def _masked(self, value: object) -> Any:
        return _deep(value, self.mask, self._kept, self._masked_map)

    def _masked_map(self, entries: Mapping[str, object]) -> object:
        """A map whose keys hold secrets, with masked keys."""
        if not any(type(key) is str and self.secrets.within(key) for key in entries):
            return None
        return {self.mask(str(key)): self._masked(value) for key, value in entries.items()}

    def _opened_run(self, run: TaskRun) -> TaskRun:
        dynamic = self.open(run.dynamic)
        value = dynamic.pop(_VALUE, run.value)
        return replace(run, dynamic=dynamic, value=value)

    def _sealed_run(self, run: TaskRun) -> TaskRun:
        dynamic = self.seal(run.dynamic)
        value = run.value
        if value is not None and self.mask(value) != value:
            dynamic = {**dynamic, _VALUE: self._sealed(value)}
            value = MASK
        attempts = tuple(self._attempt(attempt) for attempt in run.attempts)
        return replace(run, dynamic=dynamic, value=value, attempts=attempts)

    def _attempt(self, attempt: Attempt) -> Attempt:
        return replace(attempt, message=attempt.message and self.mask(attempt.message))

    def _event(self, event: Event) -> Event:
        return replace(event, detail=self._masked(event.detail)) if event.detail else event

    def _line(self, line: LogLine) -> LogLine:
        return replace(line, message=self.mask(line.message))

    def _metric(self, metric: Metric) -> Metric:
        return replace(metric, name=self.mask(metric.name), tags=self._masked(metric.tags))


def _deep(
    value: object,
    text: Callable[[str], object],
    sealed: Callable[[Mapping[str, object]], object],
    entries: Callable[[Mapping[str, object]], object],
) -> object:
    """The value with every text, and everything sealed, replaced by what the functions say.

    `entries` may say what stands for a whole map, or None to have its values looked at.
    """
    match value:
        case str():
            return text(value)
        case Mapping() if is_sealed(value):
            return sealed(value)
        case Mapping():
            whole = entries(value)
            if whole is not None:
                return whole
            return {key: _deep(item, text, sealed, entries) for key, item in value.items()}
        case list() | tuple():
            return [_deep(item, text, sealed, entries) for item in value]
    return value
