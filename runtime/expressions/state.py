"""One rendering in progress: what the code of a template is given as its `context`."""

from types import SimpleNamespace
from typing import Any, Protocol

from jinja2.utils import missing

from runtime.expressions.limits import Budget
from runtime.expressions.scope import Scope

_EVALUATION = SimpleNamespace(autoescape=False, volatile=False)
_RAW_OPEN, _RAW_CLOSE = "\ue000raw", "\ue001"


class Rendering(Protocol):
    """Whoever can render a text again from inside a rendering."""

    def again(self, template: str, state: "State", *, recursive: bool) -> str:
        """The text rendered, once or until nothing is left to render."""


class State:
    """Variables set by the template over those of the scope, the budget, and the renderer."""

    __slots__ = ("budget", "exported_vars", "raw_texts", "renderer", "scope", "variables", "vars")

    eval_ctx = _EVALUATION

    def __init__(
        self,
        renderer: Rendering,
        scope: Scope,
        budget: Budget,
        raw_texts: list[str] | None = None,
    ) -> None:
        self.renderer = renderer
        self.scope = scope
        self.variables = scope.variables
        self.vars: dict[str, Any] = {}
        self.exported_vars: set[str] = set()
        self.budget = budget
        self.raw_texts = raw_texts

    def resolve_or_missing(self, name: str) -> Any:
        """Jinja's way to a variable; used for what it cannot prove to be local."""
        return self.vars.get(name, missing)


def raw_text(state: State, text: str) -> str:
    """The inside of a raw block; kept aside while `render()` renders its result again."""
    if state.raw_texts is None:
        return text
    state.raw_texts.append(text)
    return f"{_RAW_OPEN}{len(state.raw_texts) - 1}{_RAW_CLOSE}"


def put_back_raw(text: str, raw_texts: list[str]) -> str:
    """The text with the raw blocks that were kept aside."""
    for index, raw in enumerate(raw_texts):
        text = text.replace(f"{_RAW_OPEN}{index}{_RAW_CLOSE}", raw)
    return text
