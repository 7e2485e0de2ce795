"""What is in the wheel: an editable install never notices a file that was left behind."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from hatch_build import SKIP, Client
from tests.test_house import ROOMS, ROOT, files

pytestmark = pytest.mark.slow

LIST = """
import importlib, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
for room in sys.argv[2:]:
    home = Path(importlib.import_module(room).__file__).parent
    assert home.is_relative_to(sys.argv[1]), f"{room} comes from {home}"
from importlib.resources import files
print(len([file for file in files("runtime.store").iterdir() if file.name.endswith(".sql")]))
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with Flowdeck installed from its wheel, without its dependencies."""
    dist, target = tmp_path_factory.mktemp("dist"), tmp_path_factory.mktemp("installed")
    without_client = {} if Client().is_built() else {SKIP: "1"}
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(dist)]
    subprocess.run(build, cwd=ROOT, env=os.environ | without_client, check=True)
    (wheel,) = dist.glob("*.whl")
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index"]
    subprocess.run([*install, "--target", str(target), str(wheel)], check=True)
    return target


def below(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_every_file_of_the_rooms_is_installed_and_the_client_sources_are_not(
    installed: Path,
) -> None:
    ours = {
        path.as_posix()
        for path in files(".py", ".sql", ".yaml", ".md", ".typed")
        if path.parts[0] in ROOMS and path.parts[:2] != ("web", "client")
    }
    there = below(installed)
    assert ours - there == set()
    assert {path for path in there if path.startswith("web/client/")} == set()


def test_the_built_client_is_installed(installed: Path) -> None:
    if not Client().is_built():
        pytest.skip("the client is not built (`make client` does it)")
    static = ROOT / "web" / "static"
    assert below(installed / "web" / "static") >= below(static) - {".stamp"}


def test_the_installed_rooms_find_their_statements(installed: Path, tmp_path: Path) -> None:
    counted = subprocess.run(
        [sys.executable, "-c", LIST, str(installed), *ROOMS],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    expected = [path for path in files(".sql") if path.parts[:-1] == ("runtime", "store")]
    assert int(counted.stdout) == len(expected) > 0


def test_the_command_starts_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    shown = subprocess.run(
        [sys.executable, "-c", "from web.cli import main; main()", "--help"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "serve" in shown.stdout
