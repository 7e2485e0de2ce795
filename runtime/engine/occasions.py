"""What triggers' expressions and conditions see, with the facts from outside that they ask for."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TypeVar

from runtime.clock import Clock
from runtime.config import Settings
from runtime.engine.facts import Asking, FactFinder
from runtime.engine.variables import flow_facts, installation_facts, nested_labels
from runtime.expressions.render import Renderer
from runtime.expressions.scope import Facts, Scope
from runtime.expressions.secrets import Secrets
from runtime.flows.model import Flow, Trigger
from runtime.flows.truth import is_true
from runtime.triggers.condition import Occasion, Render, Upstream
from runtime.triggers.conditions import all_hold

T = TypeVar("T")


class Occasions:
    """Renders and judges on behalf of flows that have no execution yet."""

    def __init__(
        self, renderer: Renderer, finder: FactFinder, settings: Settings, clock: Clock
    ) -> None:
        self._renderer = renderer
        self._finder = finder
        self._settings = settings
        self._clock = clock

    async def settle(
        self,
        flow: Flow,
        seen: Mapping[str, object],
        compute: Callable[[Render], T],
        secrets: Secrets | None = None,
    ) -> T:
        """What `compute` makes with a render function; it is called again for each fact. What it
        meets of secrets goes into `secrets`.

        Raises whatever it raises, ExpressionError for what cannot be rendered.
        """
        facts = Facts()
        met = Secrets() if secrets is None else secrets
        asking = Asking(flow.namespace, flow.id, "")

        def render(value: object, more: Mapping[str, object]) -> object:
            variables = {**self._variables(flow), **seen, **more}
            return self._renderer.deep(value, Scope(variables, facts, self._clock.now, met))

        return await self._finder.settle(lambda: compute(render), facts, asking)

    async def rendered(
        self,
        flow: Flow,
        value: Mapping[str, object],
        seen: Mapping[str, object],
        secrets: Secrets | None = None,
    ) -> dict[str, object]:
        """A map with every expression in it rendered, typed."""
        found = await self.settle(flow, seen, lambda render: render(dict(value), {}), secrets)
        return dict(found) if isinstance(found, Mapping) else {}

    async def hold(
        self,
        flow: Flow,
        trigger: Trigger,
        at: datetime,
        seen: Mapping[str, object],
        execution: Upstream | None = None,
    ) -> bool:
        """Whether the trigger's `conditions` and `when` hold."""
        if not trigger.conditions and trigger.when is None:
            return True

        def judge(render: Render) -> bool:
            if trigger.when is not None and not is_true(render(trigger.when, {})):
                return False
            occasion = Occasion(at, flow.namespace, flow.id, render, execution)
            return all_hold(trigger.conditions, occasion)

        return await self.settle(flow, {"trigger": {}, **seen}, judge)

    def _variables(self, flow: Flow) -> dict[str, object]:
        return {
            **installation_facts(self._settings),
            "flow": flow_facts(flow),
            "vars": flow.variables,
            "labels": nested_labels(flow.labels),
        }
