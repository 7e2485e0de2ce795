"""Keep one program running for as long as somebody holds its lock, then stop it.

A process of its own, because it must outlive a server that is killed: the kernel takes a dead
owner's lock away, the keeper sees that nobody holds it, leaves `grace` seconds for a successor and
then stops the program in order. While there are owners it starts a crashed program again.

It is run as a file (`python -I -S keeper.py PLAN`) and so imports the standard library only.
"""

import fcntl
import json
import os
import select
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

TICK = 0.5  # seconds between two looks at the owners' lock
RESTARTS = 3  # failures in a row after which the keeper says so
LONGEST_PAUSE = 5.0  # seconds between two tries: a full disk may have room again at any time
SETTLED = 10.0  # seconds of running after which a failure counts as the first one again
ORDERLY_STOP = 30.0  # seconds for the program to end after SIGINT, before SIGQUIT


@dataclass(frozen=True, slots=True)
class Plan:
    """What to keep and by which files; every path is absolute.

    `user` and `group` are numbers, or null to stay who we are. The first line of `pidfile` is the
    program's process id. `failure` is written when the program fails again and again.
    """

    command: list[str]
    user: int | None
    group: int | None
    pidfile: str
    owners: str
    lock: str
    failure: str
    log: str
    grace: float


class Program:
    """The running program: our child, or one that a keeper before us started."""

    def __init__(self, pid: int, child: subprocess.Popen[bytes] | None) -> None:
        self.pid = pid
        self.child = child

    @property
    def alive(self) -> bool:
        return self.child.poll() is None if self.child else is_running(self.pid)

    @property
    def ended_in_order(self) -> bool:
        return self.child is not None and self.child.returncode == 0

    def stop(self) -> None:
        for number, patience in ((signal.SIGINT, ORDERLY_STOP), (signal.SIGQUIT, 5.0)):
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)
            end = time.monotonic() + patience
            while self.alive and time.monotonic() < end:
                time.sleep(0.01)


def is_running(pid: int) -> bool:
    """Whether a process of this id lives; a zombie does not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return True


def command_line(pid: int) -> str:
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    shown = subprocess.run(  # noqa: S603 - a fixed command with a number
        ["/bin/ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return shown.stdout


def adopt(plan: Plan) -> Program | None:
    """The program, if it runs already; otherwise clear away what a crash left behind.

    After a restart of the machine the id in the pidfile may belong to anybody: only a process
    whose command line names the same data is ours.
    """
    pidfile = Path(plan.pidfile)
    try:
        pid = int(pidfile.read_text().splitlines()[0])
    except (OSError, ValueError, IndexError):
        return None
    if is_running(pid):
        if str(pidfile.parent) in command_line(pid):
            return Program(pid, None)
        pidfile.unlink(missing_ok=True)
    return None


def start(plan: Plan) -> Program:
    with Path(plan.log).open("ab") as log:
        child = subprocess.Popen(  # noqa: S603 - the command comes from embedded.py alone
            plan.command,
            cwd=Path(plan.pidfile).parent,
            env={"PATH": os.defpath, "LANG": "C.UTF-8"},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            user=plan.user,
            group=plan.group,
            extra_groups=None if plan.user is None else [],
            umask=0o077,
        )
    return Program(child.pid, child)


class Owners:
    """Watch the lock that every owner holds in common."""

    def __init__(self, plan: Plan) -> None:
        self._lock = os.open(plan.owners, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        self._grace = plan.grace
        self._alone_since: float | None = None

    def gone(self) -> bool:
        """True when nobody has come for `grace` seconds; then nobody can come before we ended."""
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._alone_since = None
            return False
        now = time.monotonic()
        self._alone_since = self._alone_since or now
        if now - self._alone_since >= self._grace:
            return True
        fcntl.flock(self._lock, fcntl.LOCK_UN)
        return False


class Keeper:
    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._owners = Owners(plan)
        self._asked_to_stop = False
        self._wake, alarm = os.pipe()
        os.set_blocking(alarm, False)
        signal.set_wakeup_fd(alarm)
        signal.signal(signal.SIGTERM, self._on_stop)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.signal(signal.SIGHUP, signal.SIG_IGN)

    def _on_stop(self, *_: object) -> None:
        self._asked_to_stop = True

    def keep(self) -> None:
        """Run until nobody needs the program, however often it fails meanwhile."""
        failures = 0
        while True:
            born = time.monotonic()
            program = self._begin()
            if program and (self._watch(program) or program.ended_in_order):
                return
            failures = failures + 1 if time.monotonic() - born < SETTLED else 1
            if failures >= RESTARTS:
                with suppress(OSError):
                    Path(self._plan.failure).touch()
            if self._is_over(within=min(0.1 * 2**failures, LONGEST_PAUSE)):
                return

    def _begin(self) -> Program | None:
        """The program; None when it cannot even be started."""
        try:
            return adopt(self._plan) or start(self._plan)
        except OSError as error:
            with suppress(OSError), Path(self._plan.log).open("a") as log:
                log.write(f"{error}\n")
        return None

    def _is_over(self, within: float) -> bool:
        """Wait, unless nobody needs the program any more."""
        end = time.monotonic() + within
        while not (self._asked_to_stop or self._owners.gone()):
            left = end - time.monotonic()
            if left <= 0:
                return False
            self._nap(min(left, TICK))
        return True

    def _nap(self, seconds: float) -> None:
        """Until a signal, at most that long."""
        if select.select([self._wake], [], [], seconds)[0]:
            os.read(self._wake, 64)

    def _watch(self, program: Program) -> bool:
        """True after the program was stopped by us, False when it ended by itself."""
        while program.alive:
            if self._asked_to_stop or self._owners.gone():
                program.stop()
                return True
            self._nap(TICK)
        return False


def main(plan: Plan) -> int:
    """Hold the keeper's lock, go to the background, keep; leave at once if there is a keeper."""
    lock = os.open(plan.lock, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return 0
    if os.fork():
        os._exit(0)  # our starter waits for this: from here on the lock is held
    os.setsid()
    os.ftruncate(lock, 0)
    os.write(lock, str(os.getpid()).encode())
    Path(plan.failure).unlink(missing_ok=True)
    Keeper(plan).keep()
    return 0


if __name__ == "__main__":
    sys.exit(main(Plan(**json.loads(sys.argv[1]))))
