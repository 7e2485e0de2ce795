"""`scripts.node`: JavaScript on Node, with a helper library of outputs and metrics."""

from collections.abc import Sequence
from pathlib import Path

from runtime.tasks.properties import Text, Texts
from runtime.tasks.scripts.script_task import ScriptTask
from runtime.tasks.task import Run

_LIBRARY = Path(__file__).with_name("node_library")


class NodeTask(ScriptTask):
    """What both tasks share: `require("@kestra-io/libs")` offers `outputs`, `counter`, `timer`."""

    def libraries(self) -> Sequence[Path]:
        return (_LIBRARY,)

    async def environment_of(self, run: Run) -> dict[str, str]:
        return {"NODE_PATH": str(_LIBRARY)}


class Commands(NodeTask):
    """Run commands, such as `node main.js`, with the helper library at hand."""

    type_name = "io.kestra.plugin.scripts.node.Commands"

    commands: Texts

    async def commands_of(self, run: Run) -> Sequence[str]:
        return self.commands


class Script(NodeTask):
    """Run a Node script that is written in the flow."""

    type_name = "io.kestra.plugin.scripts.node.Script"

    script: Text

    async def commands_of(self, run: Run) -> Sequence[str]:
        return [f"node {await self.written(run, self.script, '.js')}"]
