"""A child process that runs jq programs nobody vouches for.

Run as a script it is that child: one JSON line in, one JSON line out. It is started when first
needed, serves many programs, and is killed by the first that takes too long.
"""

import atexit
import json
import resource
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from select import select
from typing import Any

_SECONDS = 2.0
_MEMORY = 512 * 1024 * 1024
_RESULTS = 100_000
_ANSWER_LENGTH = 64_000_000


class JqChild:
    """Runs one program at a time in the child; safe to share between threads."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def run(self, program: str, text: str) -> list[Any]:
        """The results, or an error that says what the program did."""
        from runtime.expressions.problems import ExpressionError, LimitError

        with self._lock:
            answer = self._exchange(json.dumps([program, text]).encode() + b"\n")
        if answer is None:
            raise LimitError(
                f"the jq program `{program[:100]}` takes more than {_SECONDS:g} seconds, or more "
                "memory than allowed"
            )
        if "error" in answer:
            reason = " ".join(str(answer["error"]).removeprefix("jq: ").split())[:300]
            raise ExpressionError(f"the jq program `{program[:100]}` fails: {reason}")
        results: list[Any] = answer["results"]
        return results

    def _exchange(self, request: bytes) -> dict[str, Any] | None:
        """Send and wait; None, and no child any more, when it does not answer in time."""
        process = self._living()
        if process.stdin is None or process.stdout is None:
            return None
        try:
            process.stdin.write(request)
            process.stdin.flush()
            answer = _read_line(process.stdout.fileno())
        except (BrokenPipeError, OSError):
            answer = b""
        if not answer:
            self.close()
            return None
        decoded: dict[str, Any] = json.loads(answer)
        return decoded

    def _living(self) -> "subprocess.Popen[bytes]":
        if self._process is None or self._process.poll() is not None:
            self.close()
            self._process = subprocess.Popen(  # noqa: S603 - our own file, our own interpreter
                [sys.executable, "-I", str(Path(__file__))],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={},
                start_new_session=True,
            )
            atexit.register(self.close)
        return self._process

    def close(self) -> None:
        """End the child, if there is one."""
        if self._process is not None:
            process, self._process = self._process, None
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    with suppress(BrokenPipeError):
                        pipe.close()
            atexit.unregister(self.close)


def _read_line(descriptor: int) -> bytes:
    """One line of the child's answer, or nothing when its time is over."""
    import os
    import time

    deadline = time.monotonic() + _SECONDS
    chunks: list[bytes] = []
    size = 0
    while size < _ANSWER_LENGTH:
        ready, _, _ = select([descriptor], [], [], max(deadline - time.monotonic(), 0))
        chunk = os.read(descriptor, 1 << 20) if ready else b""
        if not chunk:
            return b""
        chunks.append(chunk)
        size += len(chunk)
        if chunk.endswith(b"\n"):
            return b"".join(chunks)
    return b""


def _serve() -> None:
    import jq

    with suppress(ValueError, OSError):  # not every system knows this limit
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    for line in sys.stdin.buffer:
        program, text = json.loads(line)
        try:
            results = []
            for result in jq.compile(program).input_text(text):
                results.append(result)
                if len(results) > _RESULTS:
                    raise ValueError(f"it gives more than {_RESULTS:,} results")
            answer: dict[str, Any] = {"results": results}
        except (ValueError, MemoryError, RecursionError) as error:
            answer = {"error": str(error) or type(error).__name__}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _serve()
