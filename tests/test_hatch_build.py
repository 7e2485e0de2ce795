"""The build hook: builds what is stale, and asks for Node only when it must."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

import hatch_build
from hatch_build import SKIP, Client, ClientHook, Node

FAKE_NPM = """#!/bin/sh
[ "$1" = --version ] && echo "{version}" && exit
echo "$@" >> npm.log
case "$*" in *build*) mkdir -p ../static && echo built > ../static/index.html ;; esac
"""


def program(folder: Path, name: str, text: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text)
    (folder / name).chmod(0o755)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with a client, on a machine without Node."""
    sources = tmp_path / "web" / "client"
    (sources / "src").mkdir(parents=True)
    for name in ("package.json", "package-lock.json", "src/main.tsx", "src/main.test.tsx"):
        (sources / name).write_text("{}")
    monkeypatch.setenv("PATH", os.pathsep.join([str(tmp_path / "bin"), "/bin"]))
    monkeypatch.setattr(hatch_build, "find_spec", lambda _: None)
    monkeypatch.setattr("shutil.which", _only_in(tmp_path / "bin"))
    monkeypatch.delenv(SKIP, raising=False)
    return tmp_path


def _only_in(folder: Path) -> Callable[[str], str | None]:
    return lambda name: str(folder / name) if (folder / name).exists() else None


def install_node(root: Path, *, node: str = "v22.12.0", npm: str = "11.0.0") -> None:
    program(root / "bin", "node", f"#!/bin/sh\necho {node}\n")
    program(root / "bin", "npm", FAKE_NPM.format(version=npm))


def calls(root: Path) -> list[str]:
    log = root / "web" / "client" / "npm.log"
    return log.read_text().splitlines() if log.exists() else []


def hook(root: Path) -> ClientHook:
    from hatchling.bridge.app import Application

    return ClientHook(str(root), {}, None, None, str(root), "wheel", Application())  # type: ignore[arg-type]


def test_a_build_is_made_once(root: Path) -> None:
    install_node(root)
    Client(root).build()
    Client(root).build()
    assert len([call for call in calls(root) if "build" in call]) == 1


@pytest.mark.parametrize(
    ("changed", "rebuilt"),
    [("src/main.tsx", True), ("package-lock.json", True), ("src/main.test.tsx", False)],
)
def test_a_build_is_stale_when_its_sources_changed(root: Path, changed: str, rebuilt: bool) -> None:
    install_node(root)
    Client(root).build()
    (root / "web" / "client" / changed).write_text("changed")
    assert Client(root).is_built() is not rebuilt


def test_an_sdist_without_sources_needs_nothing(root: Path) -> None:
    install_node(root)
    Client(root).build()
    subprocess.run(["rm", "-r", root / "web" / "client"], check=True)
    assert Client(root).is_built()
    assert hook(root).dependencies() == []


@pytest.mark.parametrize(
    ("node", "npm", "usable"),
    [
        ("v20.19.0", "11.0.0", True),
        ("v22.12.0", "11.4.1", True),
        ("v24.1.0", "11.0.0", True),
        ("v20.18.3", "11.0.0", False),
        ("v21.7.3", "11.0.0", False),
        ("v22.11.0", "11.0.0", False),
        ("v22.12.0", "10.9.2", False),
        ("no version", "11.0.0", False),
    ],
)
def test_only_a_node_that_can_build_it_is_used(
    root: Path, node: str, npm: str, usable: bool
) -> None:
    install_node(root, node=node, npm=npm)
    assert (Node.find() is not None) is usable
    assert (hook(root).dependencies() == []) is usable


def test_node_is_asked_for_only_when_there_is_something_to_build(root: Path) -> None:
    assert hook(root).dependencies() == [hatch_build.NODE_WHEEL]
    install_node(root)
    Client(root).build()
    subprocess.run(["rm", "-r", root / "bin"], check=True)
    assert hook(root).dependencies() == []


def test_without_node_a_wheel_fails_and_says_what_to_do(root: Path) -> None:
    with pytest.raises(RuntimeError, match="there is no Node"):
        hook(root).initialize("standard", {})


def test_without_node_an_editable_install_goes_on(
    root: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    hook(root).initialize("editable", {})
    assert "there is no Node" in "".join(capfd.readouterr())


def test_the_client_can_be_left_out(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SKIP, "1")
    hook(root).initialize("standard", {})
    assert hook(root).dependencies() == []
    assert not (root / "web" / "static").exists()


def test_the_tools_of_the_tests_are_installed_only_for_them(root: Path) -> None:
    install_node(root)
    Client(root).build()
    Client(root).build(dev=True)
    installs = [call.split() for call in calls(root) if call.startswith("ci")]
    assert ["--omit=dev" in install for install in installs] == [True, False]
