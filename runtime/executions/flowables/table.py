"""Every flowable by its full type name."""

from collections.abc import Mapping

from runtime.executions.flowables.blocks import AllowFailure, Dag, If, Parallel, Sequential, Switch
from runtime.executions.flowables.flowable import PREFIX, Flowable

_ALL: tuple[type[Flowable], ...] = (Sequential, Parallel, Dag, If, Switch, AllowFailure)

FLOWABLES: Mapping[str, type[Flowable]] = {PREFIX + each.name: each for each in _ALL}
