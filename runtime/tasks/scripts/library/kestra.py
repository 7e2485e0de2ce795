"""What Python scripts of flows use to tell outputs and metrics: `from kestra import Kestra`.

Runs inside the user's interpreter, whatever its version; needs the standard library only.
"""

from __future__ import annotations

import json
import logging
import sys
import time
from typing import Any, Callable, ClassVar, Mapping  # noqa: UP035 - also for Python 3.8


class Kestra:
    """Writes lines that the task reads from standard output."""

    @staticmethod
    def outputs(values: Mapping[str, Any]) -> None:
        """Tell outputs, a map of values that JSON can hold."""
        _tell({"outputs": values})

    @staticmethod
    def counter(name: str, value: float, tags: Mapping[str, str] | None = None) -> None:
        """Tell how many of something there were."""
        _metric(name, "counter", value, tags)

    @staticmethod
    def timer(
        name: str,
        duration: float | Callable[[], object],
        tags: Mapping[str, str] | None = None,
    ) -> None:
        """Tell how long something took: seconds, or a function that is called and timed."""
        if callable(duration):
            start = time.monotonic()
            duration()
            duration = time.monotonic() - start
        _metric(name, "timer", duration, tags)

    @staticmethod
    def logger() -> logging.Logger:
        """A logger whose entries keep their level in the execution's log."""
        logger = logging.getLogger("Kestra")
        if not logger.handlers:
            logger.addHandler(_LogLines())
            logger.setLevel(logging.DEBUG)
            logger.propagate = False
        return logger


def _metric(name: str, kind: str, value: float, tags: Mapping[str, str] | None) -> None:
    _tell({"metrics": [{"name": name, "type": kind, "value": value, "tags": tags or {}}]})


def _tell(message: Mapping[str, Any]) -> None:
    text = json.dumps(message, default=str)
    sys.stdout.write("::" + text + "::\n")
    sys.stdout.flush()


class _LogLines(logging.Handler):
    _LEVELS: ClassVar[Mapping[str, str]] = {"CRITICAL": "ERROR", "WARNING": "WARN"}

    def emit(self, record: logging.LogRecord) -> None:
        level = self._LEVELS.get(record.levelname, record.levelname)
        _tell({"logs": [{"level": level, "message": self.format(record)}]})
