"""The client's own proof: its types, its linter, its unit tests and its generated documents."""

import subprocess

import pytest

from hatch_build import Client, Node
from tests.support.browser import is_required


@pytest.fixture(scope="module")
def npm() -> Node:
    """npm, with the client's packages installed."""
    node, client = Node.find(), Client()
    if node is not None and client.is_installed(dev=True):
        return node
    missing = "The client's tools are not installed (`make test` installs them)"
    if is_required():
        pytest.fail(f"{missing}, and FLOWDECK_REQUIRE_UI=1 requires them.")
    pytest.skip(f"{missing}.")


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(["run", "types"], id="types"),
        pytest.param(["run", "lint"], id="lint"),
        pytest.param(["test"], id="unit"),
        pytest.param(["run", "codegen", "--", "--check"], id="generated"),
    ],
)
def test_the_client_holds(npm: Node, command: list[str]) -> None:
    try:
        npm.run("--silent", *command, folder=Client().sources)
    except subprocess.CalledProcessError as error:
        pytest.fail(f"npm {' '.join(command)} ended with {error.returncode}", pytrace=False)
