"""`scripts.shell`: shell commands, listed or as one script."""

from collections.abc import Sequence

from runtime.tasks.properties import Text, Texts
from runtime.tasks.scripts.script_task import ScriptTask
from runtime.tasks.task import Run


class Commands(ScriptTask):
    """Run shell commands, one after the other, in one shell.

    With `failFast` (the default) the first command that fails ends the task. Lines of the form
    `::{"outputs": {"name": "value"}}::` become outputs.
    """

    type_name = "io.kestra.plugin.scripts.shell.Commands"
    aliases = ("io.kestra.core.tasks.scripts.Bash",)

    commands: Texts

    async def commands_of(self, run: Run) -> Sequence[str]:
        return self.commands


class Script(ScriptTask):
    """Run a shell script that is written in the flow."""

    type_name = "io.kestra.plugin.scripts.shell.Script"

    script: Text

    async def commands_of(self, run: Run) -> Sequence[str]:
        return [self.script]
