"""How an execution begins: check what was given, make it, and prepare its first write."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from runtime.clock import Clock
from runtime.config import Settings
from runtime.engine.facts import Asking, FactFinder
from runtime.engine.secrecy import Secrecy
from runtime.engine.variables import (
    flow_facts,
    installation_facts,
    iso,
    known_secrets,
    nested_labels,
)
from runtime.errors import Conflict, InvalidInput
from runtime.executions.create import create
from runtime.executions.decision import Decision
from runtime.executions.messages import CreateExecution
from runtime.executions.model import Execution, ExecutionTrigger, LogLevel, LogLine
from runtime.expressions.printing import to_text
from runtime.expressions.render import Renderer
from runtime.expressions.scope import Facts, Scope
from runtime.expressions.secrets import Secrets
from runtime.files.vault import Vault, any_within
from runtime.flows.casts import SecretText
from runtime.flows.inputs import InputProblem, Resolved, expanded, resolve_inputs, slips
from runtime.flows.model import CheckBehavior, Flow, InputType
from runtime.flows.truth import is_true

_IGNORED = "The flow has no input `{}`: its value was left out."
FAILED_CHECK = "failedCheck"
"""In an execution's memory: the message of the check that lets it fail."""


class InputsRefused(InvalidInput):
    """The given inputs are wrong; `problems` are all of them."""

    def __init__(self, problems: tuple[InputProblem, ...]) -> None:
        super().__init__(
            " ".join(f"{problem.message}." for problem in problems),
            path=("inputs", problems[0].input_id),
        )
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody wants to start an execution with. FILE inputs are addresses of stored files."""

    id: str
    inputs: Mapping[str, object] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    scheduled_at: datetime | None = None
    breakpoints: tuple[str, ...] = ()
    parent_id: str | None = None
    parent_task_run_id: str | None = None
    parent_waits: bool = False
    loop: Mapping[str, object] | None = None
    wanted_outputs: Mapping[str, object] = field(default_factory=dict)
    by_hand: bool = False
    """Whether somebody wrote the inputs just now, and can be told of a slip of the pen."""


@dataclass(frozen=True, slots=True)
class Started:
    """A new execution, not yet written."""

    execution: Execution
    decision: Decision
    flow: Flow


class Starter:
    """Makes executions of flows."""

    def __init__(
        self,
        renderer: Renderer,
        finder: FactFinder,
        vault: Vault,
        settings: Settings,
        clock: Clock,
    ) -> None:
        self._settings = settings
        self._renderer = renderer
        self._finder = finder
        self._vault = vault
        self._clock = clock

    async def start(self, flow: Flow, given: Given, trigger: ExecutionTrigger | None) -> Started:
        """Raises InputsRefused, or Conflict when one of the flow's checks forbids to start."""
        secrets = known_secrets(self._settings)
        resolved = await self._inputs(flow, given, secrets)
        inputs = resolved.values
        failing, told = await self._failing_checks(flow, given, inputs, secrets)
        started = self.take_over(flow, replace(given, inputs=sealed(inputs, self._vault)), trigger)
        told += [_IGNORED.format(name) for name in resolved.ignored]
        level = LogLevel.ERROR if failing else LogLevel.WARN
        started.decision.logs.extend(LogLine(self._clock.now(), level, line) for line in told)
        if failing:
            execution = started.execution
            execution.memory = {**execution.memory, FAILED_CHECK: failing}
        return self.sealed(started, secrets)

    def sealed(self, started: Started, secrets: Secrets | None = None) -> Started:
        """The same as it may be written: what expressions took from secrets is sealed."""
        found = known_secrets(self._settings) if secrets is None else secrets
        secrecy = Secrecy(self._vault, found)
        return replace(
            started,
            execution=secrecy.sealed_execution(started.execution),
            decision=secrecy.sealed_decision(started.decision),
        )

    def take_over(
        self, flow: Flow, given: Given, trigger: ExecutionTrigger | None = None
    ) -> Started:
        """Make an execution whose inputs were checked before."""
        request = CreateExecution(
            id=given.id,
            at=self._clock.now(),
            inputs=given.inputs,
            labels=given.labels,
            scheduled_at=given.scheduled_at,
            breakpoints=given.breakpoints,
            parent_id=given.parent_id,
            parent_task_run_id=given.parent_task_run_id,
            parent_waits=given.parent_waits,
            loop=given.loop,
            wanted_outputs=given.wanted_outputs,
        )
        execution, decision = create(flow, request, trigger)
        execution.parent_waits = given.parent_waits
        execution.variables = dict(flow.variables)
        return Started(execution, decision, flow)

    def opened(self, values: Mapping[str, object]) -> dict[str, object]:
        """Values that were read of an execution, with their secrets open."""
        return {key: self._vault.opened(value) for key, value in values.items()}

    async def _inputs(self, flow: Flow, given: Given, secrets: Secrets) -> Resolved:
        asking = Asking(flow.namespace, flow.id, given.id)
        facts = Facts()
        values = self.opened(given.inputs)  # a replay brings the sealed ones of its original
        if not given.by_hand:
            values = _printed(flow, values)

        def render(value: object, more: Mapping[str, object]) -> object:
            scope = self._scope(flow, given, more, facts, secrets)
            return self._renderer.deep(value, scope)

        resolved = await self._finder.settle(
            lambda: resolve_inputs(flow, values, render), facts, asking
        )
        problems = resolved.problems
        if given.by_hand:
            problems += slips(flow.inputs, values)
        if problems:
            raise InputsRefused(problems)
        return resolved

    async def _failing_checks(
        self, flow: Flow, given: Given, inputs: Mapping[str, object], secrets: Secrets
    ) -> tuple[str | None, list[str]]:
        """The message of a check that lets the execution fail, and those of all that do not hold.

        Raises Conflict for a check that forbids to start.
        """
        if not flow.checks:
            return None, []
        facts = Facts()
        scope = self._scope(flow, given, {"inputs": _revealed(inputs)}, facts, secrets)
        failing: str | None = None
        told: list[str] = []
        for check in flow.checks:
            if is_true(await self._text(check.condition, scope, flow, given)):
                continue
            if check.behavior is CheckBehavior.BLOCK_EXECUTION:
                message = await self._text(check.message, scope, flow, given)
                raise Conflict(message, hint="A check of the flow forbids to start it like this.")
            message = await self._text(check.message, scope, flow, given)
            told.append(f"A check of the flow does not hold: {message}")
            if check.behavior is CheckBehavior.FAIL_EXECUTION:
                failing = failing or message
        return failing, told

    async def _text(self, template: str, scope: Scope, flow: Flow, given: Given) -> str:
        asking = Asking(flow.namespace, flow.id, given.id)
        return await self._finder.settle(
            lambda: self._renderer.text(template, scope), scope.facts, asking
        )

    def _scope(
        self,
        flow: Flow,
        given: Given,
        more: Mapping[str, object],
        facts: Facts,
        secrets: Secrets,
    ) -> Scope:
        variables = {
            **installation_facts(self._settings),
            "flow": flow_facts(flow),
            "execution": {"id": given.id, "startDate": iso(self._clock.now())},
            "vars": flow.variables,
            "labels": nested_labels({**flow.labels, **given.labels}),
            **more,
        }
        return Scope(variables, facts, self._clock.now, secrets)


def sealed(value: object, vault: Vault) -> dict[str, object]:
    """A map of values with its secrets encrypted, as it may be stored."""
    safe = _swapped(value, lambda secret: vault.sealed_value(secret.value))
    return safe if isinstance(safe, dict) else {}


def _printed(flow: Flow, values: Mapping[str, object]) -> dict[str, object]:
    """Maps and lists that expressions yield for a text are its JSON, as where Kestra renders."""
    texts = {each.id for each in expanded(flow.inputs) if each.type is InputType.STRING}
    return {
        name: to_text(value) if name in texts and isinstance(value, Mapping | list) else value
        for name, value in values.items()
    }


def _revealed(value: object) -> object:
    return _swapped(value, lambda secret: secret.value)


def _swapped(value: object, swap: Callable[[SecretText], object]) -> object:
    """The value with every secret in it swapped; the same one when there is none."""
    is_secret = any_within(value, lambda each: isinstance(each, SecretText))
    return _walk(value, swap) if is_secret else value


def _walk(value: object, swap: Callable[[SecretText], object]) -> object:
    match value:
        case SecretText():
            return swap(value)
        case Mapping():
            return {key: _walk(item, swap) for key, item in value.items()}
        case list():
            return [_walk(item, swap) for item in value]
    return value
