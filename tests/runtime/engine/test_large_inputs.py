"""Megabytes of inputs are looked through when an execution begins, and not for every task of it."""

from collections.abc import Iterator, Mapping

import pytest

from runtime.clock import ManualClock
from runtime.config import Settings
from runtime.engine.environment import HeldEnvironment
from runtime.engine.start import sealed
from runtime.engine.variables import shared
from runtime.executions.create import create
from runtime.executions.messages import CreateExecution
from runtime.expressions.render import Renderer
from runtime.files.vault import Vault
from runtime.flows.casts import SecretText
from tests.support.playing import flow

VAULT = Vault(bytes(32))


class Watched(Mapping[str, object]):
    """A map that counts how often somebody goes through it."""

    def __init__(self, entries: dict[str, object]) -> None:
        self._entries = entries
        self.walks = 0

    def __getitem__(self, key: str) -> object:
        return self._entries[key]

    def __iter__(self) -> Iterator[str]:
        self.walks += 1
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)


@pytest.mark.parametrize("tasks", [1, 100])
def test_the_inputs_are_looked_through_once_however_many_tasks_read_them(
    tasks: int, clock: ManualClock
) -> None:
    large, data = flow(), Watched({"first": "zebra"})
    request = CreateExecution(id="ex_1", at=clock.now(), inputs={"data": data})
    execution, _ = create(large, request, None)
    known = shared(execution, large, Settings(), VAULT)
    environment = HeldEnvironment(known, Renderer(), clock)
    for _ in range(tasks):
        assert environment.text("{{ inputs.data.first }}", execution, None, None) == "zebra"
    assert known.inputs["data"] is data
    assert data.walks == 1


def test_inputs_without_secrets_are_written_as_they_are() -> None:
    inputs = {"data": [{"key": "k"}]}
    assert sealed(inputs, VAULT) is inputs
    hidden = sealed({"data": [SecretText("zebra")]}, VAULT)
    assert VAULT.opened(hidden) == {"data": ["zebra"]}
