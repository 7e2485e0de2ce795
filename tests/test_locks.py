"""The locks install on any machine: whole, with hashes, and with no host or path in them."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.test_house import ROOT, project, read

PYTHON_LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-node.lock")
CLIENT_LOCK = Path("web/client/package-lock.json")
PINNED = re.compile(r"([\w.-]+)==([\w.!+]+)( ; [\w ()<>=.'!-]+)? \\")
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}( \\)?")


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(lock: str) -> dict[str, set[str]]:
    """The versions of every distribution; more than one where Pythons need different ones."""
    found: dict[str, set[str]] = {}
    for name, version, _ in PINNED.findall(read(lock)):
        found.setdefault(normal(name), set()).add(version)
    return found


@pytest.mark.parametrize("lock", PYTHON_LOCKS)
def test_a_python_lock_holds_pins_and_hashes_and_nothing_else(lock: str) -> None:
    strange = [
        line
        for line in read(lock).splitlines()
        if not PINNED.fullmatch(line) and not HASH.fullmatch(line)
    ]
    assert strange == []
    assert re.findall(r"\\\n(?!    --hash)", read(lock)) == [], "a pin without a hash"


@pytest.mark.parametrize(
    ("group", "lock"),
    [("run", PYTHON_LOCKS[0]), ("build", PYTHON_LOCKS[0]), ("dev", PYTHON_LOCKS[1])],
)
def test_a_python_lock_is_that_of_the_project(group: str, lock: str) -> None:
    locked = pins(lock)
    for requirement in project()[group]:
        name, version = re.split(r"==|;", requirement)[:2]
        assert version in locked.get(normal(name), set()), f"{requirement}: run `make lock`"


def test_the_tests_run_with_what_users_run_with() -> None:
    users, tests = pins(PYTHON_LOCKS[0]), pins(PYTHON_LOCKS[1])
    assert {name: versions for name, versions in users.items() if tests.get(name) != versions} == {}


def packages() -> dict[str, dict[str, Any]]:
    locked: dict[str, dict[str, Any]] = json.loads(read(CLIENT_LOCK))["packages"]
    return {path: entry for path, entry in locked.items() if path}


def test_the_client_lock_names_no_host() -> None:
    assert [path for path, entry in packages().items() if "resolved" in entry] == []
    assert re.findall(r'"(?:https?|git\+|file):[^"]*\.tgz[^"]*"', read(CLIENT_LOCK)) == []


def test_every_package_of_the_client_lock_has_its_hash() -> None:
    whole = ("integrity", "link", "inBundle")
    assert [path for path, entry in packages().items() if not any(k in entry for k in whole)] == []


def test_the_client_lock_has_the_binaries_of_every_platform() -> None:
    locked = packages()
    names = {path.rpartition("node_modules/")[2] for path in locked}
    missing = {
        f"{path} wants {wanted}"
        for path, entry in locked.items()
        for wanted in entry.get("optionalDependencies", {})
        if wanted not in names
    }
    assert missing == set()


def test_the_client_lock_is_that_of_its_package() -> None:
    package = json.loads(read("web/client/package.json"))
    root = json.loads(read(CLIENT_LOCK))["packages"][""]
    for group in ("dependencies", "devDependencies"):
        assert root.get(group) == package.get(group)
        for name, version in package.get(group, {}).items():
            assert re.fullmatch(r"\d+\.\d+\.\d+", version), f"{name} is not pinned: {version}"


def test_there_is_no_lock_that_names_hosts() -> None:
    assert not (ROOT / "uv.lock").exists()
