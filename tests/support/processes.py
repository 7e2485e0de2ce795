"""Which processes of this machine still live, by what they were started with."""

import psutil


def alive(mark: str) -> list[int]:
    """Processes whose command line holds a mark; dead ones that nobody reaped do not count."""
    found = []
    for process in psutil.process_iter(["cmdline", "status"]):
        arguments = process.info["cmdline"] or []
        if process.info["status"] != psutil.STATUS_ZOMBIE and any(mark in a for a in arguments):
            found.append(process.pid)
    return found
