from pathlib import Path

import pytest

from runtime.errors import Forbidden, InvalidInput
from runtime.files.scope import FileScope, execution_of, execution_prefix
from runtime.files.store import FileStore

OTHERS = {"ex_parent", "ex_child"}


@pytest.fixture
def scope(tmp_path: Path) -> FileScope:
    async def is_relative(other: str) -> bool:
        return other in OTHERS

    store = FileStore.at(tmp_path)
    return FileScope(store, "company.team", "demo", "ex_1", is_relative, folder="tasks/a/tr_1")


async def read(scope: FileScope, uri: str) -> bytes:
    return b"".join([chunk async for chunk in scope.open(uri)])


async def test_a_new_file_gets_an_address_below_its_task_run(scope: FileScope) -> None:
    uri = await scope.put("data/out.csv", b"x")
    assert uri == "kestra:///company/team/demo/executions/ex_1/tasks/a/tr_1/data/out.csv"
    assert await read(scope, uri) == b"x"


async def test_fresh_names_differ(scope: FileScope) -> None:
    assert await scope.put_new(".ion", b"") != await scope.put_new(".ion", b"")


@pytest.mark.parametrize(
    ("other", "may"), [("ex_parent", True), ("ex_child", True), ("ex_2", False)]
)
async def test_files_of_relatives_may_be_read_and_those_of_strangers_not(
    scope: FileScope, other: str, may: bool
) -> None:
    stored = await scope.store.put(execution_prefix("other.place", "flow", other) + "/f", b"x")
    if may:
        assert await read(scope, stored.uri) == b"x"
        return
    with pytest.raises(Forbidden, match="belongs to another execution"):
        await read(scope, stored.uri)


async def test_a_stranger_cannot_be_reached_by_a_path_that_begins_alike(scope: FileScope) -> None:
    uri = "kestra:///company/team/demo/executions/ex_1/../ex_2/f"
    with pytest.raises(InvalidInput):
        await read(scope, uri)
    with pytest.raises(Forbidden):
        await read(scope, "kestra:///company/team/demo/executions/ex_11/f")


async def test_files_of_the_namespace_and_those_above_may_be_read(scope: FileScope) -> None:
    await scope.store.put("company/team/_files/a.txt", b"team")
    await scope.store.put("company/_files/a.txt", b"company")
    await scope.store.put("company/other/_files/a.txt", b"other")
    assert await read(scope, "nsfile:///a.txt") == b"team"
    assert await read(scope, "nsfile://company/a.txt") == b"company"
    assert await read(scope, "kestra:///company/_files/a.txt") == b"company"
    for uri in ("nsfile://company.other/a.txt", "kestra:///company/other/_files/a.txt"):
        with pytest.raises(Forbidden):
            await read(scope, uri)


async def test_what_only_begins_like_the_namespaces_folder_is_not_of_it(scope: FileScope) -> None:
    stored = await scope.store.put("company/team/_files2/secret.txt", b"x")
    with pytest.raises(Forbidden):
        await read(scope, stored.uri)


async def test_files_of_the_namespace_are_not_deleted_as_one_s_own(scope: FileScope) -> None:
    stored = await scope.store.put("company/team/_files/a.txt", b"x")
    with pytest.raises(Forbidden, match="belongs to a namespace"):
        await scope.delete(stored.uri)


@pytest.mark.parametrize("name", ["../x", "a/../../../x", "", "\0"])
async def test_a_file_s_name_cannot_leave_the_task_run(scope: FileScope, name: str) -> None:
    with pytest.raises(InvalidInput):
        await scope.put(name, b"x")


async def test_purging_takes_this_execution_s_files_only(scope: FileScope) -> None:
    await scope.put("a", b"x")
    await scope.store.put("company/team/demo/executions/ex_2/a", b"x")
    assert await scope.purge() == 1
    assert await scope.store.exists("company/team/demo/executions/ex_2/a")


def test_the_owner_of_a_key_is_found() -> None:
    assert execution_of("a/b/flow/executions/ex_1/tasks/x") == "ex_1"
    assert execution_of("a/_files/executions/ex_1/x") is None
    assert execution_of("a/executions") is None


async def test_other_addresses_are_refused_with_a_hint(scope: FileScope) -> None:
    with pytest.raises(InvalidInput, match="Stored files begin with kestra:///"):
        await read(scope, "https://example.com/x")
