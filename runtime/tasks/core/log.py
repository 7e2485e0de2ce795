"""`core.log.Log`: write to the execution's log. `logs.py` reads and purges logs."""

from runtime.executions.messages import TaskResult
from runtime.executions.model import LogLevel
from runtime.tasks.properties import Entries, Level
from runtime.tasks.results import line, succeeded
from runtime.tasks.task import InlineTask, Step


class Log(InlineTask):
    """Write one or several lines to the execution's log.

    `message` is a text, or a list of texts, each of which becomes an entry of its own. A map, or a
    list of maps, is one entry that shows it as JSON.
    """

    type_name = "io.kestra.plugin.core.log.Log"
    aliases = ("io.kestra.core.tasks.debugs.Log",)

    message: Entries
    level: Level = "INFO"

    def run(self, step: Step) -> TaskResult:
        level = LogLevel[self.level]
        return succeeded(logs=[line(step, level, message) for message in self.message])
