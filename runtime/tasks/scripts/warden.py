"""A small program that runs one command and sees to it that nothing of it stays behind.

    python -I -S warden.py <grace> <command> [argument …]

The server starts one warden for each command and holds the other end of its standard input. The
warden is the subreaper of the command (Linux, prctl(2)): whatever the command starts, even in a
session of its own and abandoned by its parent, stays a descendant of the warden and can be found.

It ends everything when the command has ended, when it is told to by SIGTERM, and when its standard
input closes, which also happens when the server is killed. So no record of process ids is needed
that would have to be swept at the next start. Its exit code is the command's, or 128 plus the
number of the signal that ended it.

Uses only the standard library, imports little, and is never imported by the server.
"""

import ctypes
import os
import select
import signal
import sys
import time

_SET_DEATH_SIGNAL = 1
_SET_SUBREAPER = 36
_LINGER = 0.2
"""Seconds that helpers of an ended command (a `tee`, say) have to end by themselves."""
_KILL_PATIENCE = 5.0
_LINUX = sys.platform.startswith("linux")


class Warden:
    def __init__(self, grace: float, command: list[str]) -> None:
        self._grace = grace
        self._told = False
        self._code: int | None = None
        self._childless = False
        self._wake, writer = os.pipe()
        for end in (self._wake, writer):
            os.set_blocking(end, False)
        signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.signal(signal.SIGTERM, self._on_told)
        for ignored in (signal.SIGINT, signal.SIGHUP):
            signal.signal(ignored, signal.SIG_IGN)
        self._command = _start(command)

    def watch(self) -> int:
        """Until nothing is left; the exit code."""
        while self._code is None and not self._told:
            self._wait(None)
        if not self._told:
            self._wait_for_all(_LINGER)
        if not self._childless:
            self._signal_all(signal.SIGTERM)
            self._wait_for_all(self._grace)
        end = time.monotonic() + _KILL_PATIENCE
        while not self._childless and time.monotonic() < end:
            self._signal_all(signal.SIGKILL)
            self._wait(0.01)
        return 143 if self._code is None else self._code

    def _wait_for_all(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        told = self._told
        while not self._childless and self._told == told and time.monotonic() < end:
            self._wait(end - time.monotonic())

    def _wait(self, seconds: float | None) -> None:
        self._reap()
        if self._childless or (self._code is not None and seconds is None):
            return
        watched = [self._wake] if self._told else [self._wake, 0]
        timeout = None if seconds is None else max(0.0, seconds)
        ready, _, _ = select.select(watched, [], [], timeout)
        if 0 in ready:
            self._told = True
        if self._wake in ready:
            os.read(self._wake, 512)
        self._reap()

    def _reap(self) -> None:
        while not self._childless:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                self._childless = True
                return
            if pid == 0:
                return
            if pid == self._command:
                code = os.waitstatus_to_exitcode(status)
                self._code = code if code >= 0 else 128 - code

    def _signal_all(self, number: int) -> None:
        for pid in _descendants(os.getpid()):
            _send(os.kill, pid, number)
        if self._code is None:
            _send(os.killpg, self._command, number)

    def _on_told(self, *_: object) -> None:
        self._told = True


def _start(command: list[str]) -> int:
    """The command in a session of its own, with nothing to read, dying with the warden."""
    warden = os.getpid()
    if _LINUX:
        ctypes.CDLL(None).prctl(_SET_SUBREAPER, 1, 0, 0, 0)
    pid = os.fork()
    if pid:
        return pid
    try:
        os.setsid()
        if _LINUX:
            ctypes.CDLL(None).prctl(_SET_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)
            if os.getppid() != warden:
                os._exit(143)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        for number in (
            signal.SIGCHLD,
            signal.SIGTERM,
            signal.SIGINT,
            signal.SIGHUP,
            signal.SIGPIPE,
        ):
            signal.signal(number, signal.SIG_DFL)
        os.execvp(command[0], command)  # noqa: S606 - running the user's command is the point
    except OSError as error:
        os.write(2, f"{command[0]}: {error.strerror}\n".encode())
        os._exit(127 if isinstance(error, FileNotFoundError) else 126)
    raise AssertionError("execvp does not return")


def _send(how: "object", pid: int, number: int) -> None:
    try:
        how(pid, number)  # type: ignore[operator]  # os.kill or os.killpg
    except (ProcessLookupError, PermissionError):
        return


def _descendants(root: int) -> list[int]:
    children: dict[int, list[int]] = {}
    for pid, parent in _processes():
        children.setdefault(parent, []).append(pid)
    found: list[int] = []
    stack = [root]
    while stack:
        below = children.get(stack.pop(), [])
        found += below
        stack += below
    return found


def _processes() -> list[tuple[int, int]]:
    """Every process with its parent."""
    if not _LINUX:
        import subprocess  # not above: it doubles the time that a warden takes to start

        listing = subprocess.run(
            ["/bin/ps", "-axo", "pid=,ppid="], capture_output=True, text=True, check=False
        ).stdout
        return [(int(p), int(q)) for p, q in map(str.split, listing.splitlines())]
    found = []
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                with open(f"/proc/{name}/stat", "rb") as file:
                    fields = file.read().rpartition(b")")[2].split()
            except OSError:
                continue
            found.append((int(name), int(fields[1])))
    return found


if __name__ == "__main__":
    sys.exit(Warden(float(sys.argv[1]), sys.argv[2:]).watch())
