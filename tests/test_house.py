"""What the tree promises about itself, whoever changes it next."""

import ast
import importlib
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).parents[1]
ROOMS = ("web", "schema", "resolvers", "runtime")
NOT_OURS = {
    *(".git", ".venv", ".flowdeck", "node_modules", "static", "dist", "build", "__pycache__"),
    *(".hypothesis", ".import_linter_cache", ".mypy_cache", ".pytest_cache", ".ruff_cache"),
    "test-results",
}
TEXT = {".css", ".graphql", ".html", ".json", ".lock", ".md", ".py", ".sql", ".toml", ".ts", ".tsx"}
TEXT |= {".yaml", ".yml", ".svg", ""}
MOST_LINES = 400
MOST_LINES_OF_A_FUNCTION = 50
MOST_LINES_OF_A_COMPONENT = 150
VAGUE = {"utils", "util", "helpers", "helper", "common", "base", "manager", "misc"}


def files(*suffixes: str) -> Iterator[Path]:
    """Every file of ours with one of these suffixes, as a path from the root."""
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in NOT_OURS]
        for name in names:
            path = Path(folder, name)
            if path.suffix in suffixes:
                yield path.relative_to(ROOT)


def read(path: str | Path) -> str:
    return (ROOT / path).read_text("utf-8")


def is_written_by_hand(path: Path) -> bool:
    generated = path.suffix == ".lock" or "gql" in path.parts or "generated" in path.name
    return not generated and path.name not in ("package-lock.json", "schema.graphql")


def is_test(path: Path) -> bool:
    return path.parts[0] == "tests" or ".test." in path.name


def code() -> Iterator[Path]:
    found = files(".py", ".ts", ".tsx", ".css", ".sql")
    return (path for path in found if is_written_by_hand(path) and not is_test(path))


def test_the_names_of_our_packages_are_ours_alone() -> None:
    owners = packages_distributions()
    strangers = {room: set(owners.get(room, [])) - {"flowdeck"} for room in ROOMS}
    assert not any(strangers.values()), (
        f"{strangers}: another distribution installs into a package of ours; "
        "Flowdeck needs an environment of its own."
    )


def test_no_file_is_too_long() -> None:
    lengths = {str(path): len(read(path).splitlines()) for path in code()}
    assert {path: lines for path, lines in lengths.items() if lines > MOST_LINES} == {}


def test_no_function_is_too_long() -> None:
    too_long = {
        f"{path}:{node.lineno} {node.name}": length
        for path in files(".py")
        if not is_test(path)
        for node in ast.walk(ast.parse(read(path)))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or 0) - node.lineno + 1) > MOST_LINES_OF_A_FUNCTION
    }
    assert too_long == {}


COMPONENT = re.compile(
    r"^(?:export )?(?:default )?function ([A-Z]\w*)[(<].*?^\}", re.DOTALL | re.MULTILINE
)


def test_no_component_is_too_long() -> None:
    too_long = {
        f"{path} {found[1]}": lines
        for path in files(".tsx")
        for found in COMPONENT.finditer(read(path))
        if (lines := found[0].count("\n") + 1) > MOST_LINES_OF_A_COMPONENT
    }
    assert too_long == {}


def test_no_module_has_a_vague_name() -> None:
    found = files(".py", ".ts", ".tsx", ".sql")
    assert [str(path) for path in found if path.name.split(".")[0].lower() in VAGUE] == []


def test_a_package_file_holds_a_docstring_and_nothing_else() -> None:
    for path in (path for path in files(".py") if path.name == "__init__.py"):
        assert path.parts[0] != "tests", f"{path} would hide the package {path.parts[-2]}"
        body = ast.parse(read(path)).body
        assert len(body) == 1, f"{path} holds more or less than its docstring"
        assert ast.get_docstring(ast.parse(read(path))), path


def test_every_module_says_what_it_is() -> None:
    silent = [path for path in files(".py") if not ast.get_docstring(ast.parse(read(path)))]
    assert [str(path) for path in silent if not is_test(path)] == []


LEFT_OPEN = re.compile(r"\b(?:TO" r"DO|FIX" r"ME)\b|@ts-" r"ignore")


def test_nothing_is_left_open() -> None:
    found = files(".py", ".ts", ".tsx", ".css", ".sql")
    open_ends = [
        f"{path}:{number}: {line.strip()}"
        for path in found
        if is_written_by_hand(path)
        for number, line in enumerate(read(path).splitlines(), 1)
        if LEFT_OPEN.search(line)
    ]
    assert open_ends == []


REGISTRIES = re.compile(r"https?://[\w.-]*(?:pypi|pythonhosted|npmjs|npmmirror|artifact|nexus)")


def test_no_file_names_a_registry_or_a_path_of_a_machine() -> None:
    homes = "|".join(re.escape(f"{path}/") for path in {Path.home(), ROOT} if path != Path("/"))
    here = re.compile(rf"(?<![\w.~*])(?:{homes})|/home/(?!user/)\w+/|/Users/\w+/")
    named = [
        f"{path}: {found[0]}"
        for path in files(*TEXT)
        if (found := REGISTRIES.search(text := read(path)) or here.search(text))
    ]
    assert named == []


def test_imports_go_down_and_never_in_a_circle() -> None:
    checked = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--no-logo"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_the_printed_schema_is_current() -> None:
    printed = importlib.import_module("schema.root").printed
    assert read("schema.graphql") == printed(), "run `make schema`"


def make_targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):", read("Makefile"), re.MULTILINE))


def test_every_make_target_is_explained_by_help() -> None:
    shown = subprocess.run(
        ["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert set(re.findall(r"make (\w+)", shown)) == make_targets()


def test_the_commands_of_the_readme_exist() -> None:
    named = {
        name
        for path in files(".md")
        for name in re.findall(r"^\s{4}make (\w+)|`make (\w+)", read(path), re.MULTILINE)
        for name in name
        if name
    }
    assert {"run", "test"} <= named <= make_targets()


def test_the_build_server_runs_the_test_command_of_the_readme() -> None:
    assert read(".ci/run").splitlines()[-1] == "exec make test"


def project() -> dict[str, list[str]]:
    """Every group of requirements in pyproject.toml."""
    table = tomllib.loads(read("pyproject.toml"))
    groups = {
        name: [each for each in group if isinstance(each, str)]
        for name, group in table["dependency-groups"].items()
    }
    return {"run": table["project"]["dependencies"], **groups}


def test_every_dependency_is_pinned_and_has_its_reason() -> None:
    lines = read("pyproject.toml").splitlines()
    for requirement in (each for group in project().values() for each in group):
        assert re.match(r"[\w.-]+==[\w.]+(;|$)", requirement), f"{requirement} is not pinned"
        line = next(line for line in lines if f'"{requirement}"' in line and "requires" not in line)
        assert re.search(r",\s+# \w", line), f"{requirement} has no reason"
