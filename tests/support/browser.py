"""The Chromium that the browser tests drive: the system's, never a downloaded one."""

import os
import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")

ARGUMENTS = [
    "--no-sandbox",  # as root Chromium starts only so; it sees our own pages and nothing else
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def chromium() -> str | None:
    """Its path; FLOWDECK_CHROMIUM names another one."""
    if named := os.environ.get("FLOWDECK_CHROMIUM"):
        return named
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def is_required() -> bool:
    """Whether a missing browser or Node is a failure, as on a build server."""
    return os.environ.get("FLOWDECK_REQUIRE_UI") == "1"
