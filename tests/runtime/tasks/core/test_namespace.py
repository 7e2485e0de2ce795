import pytest

from runtime.errors import InvalidInput
from runtime.tasks.task import TaskFailed
from tests.support.running import FakeRun

NAMESPACE = "io.kestra.plugin.core.namespace."


async def test_files_are_uploaded_downloaded_and_deleted(run: FakeRun) -> None:
    uri = await run.store("in.txt", b"stored")
    (run.directory / "local.sql").write_text("SELECT 1")
    up = await run.do(
        f"{NAMESPACE}UploadFiles",
        namespace="company.team",
        filesMap={"a.txt": "written", "deep/b.txt": uri},
        destination="/folder",
    )
    assert sorted(up["files"]) == ["folder/a.txt", "folder/deep/b.txt"]
    await run.do(f"{NAMESPACE}UploadFiles", namespace="company.team", files=["*.sql"])

    down = await run.do(f"{NAMESPACE}DownloadFiles", namespace="company.team", files=["**.txt"])
    assert sorted(down["files"]) == ["folder/a.txt", "folder/deep/b.txt"]
    assert await run.read(down["files"]["folder/deep/b.txt"]) == b"stored"
    assert run.counters["downloaded"] == 2

    gone = await run.do(f"{NAMESPACE}DeleteFiles", namespace="company.team", files=["folder/*"])
    assert len(gone["files"]) == 2
    left = [file.key async for file in run.services.files.list("company")]
    assert [key for key in left if "_files" in key] == ["company/team/_files/local.sql"]


@pytest.mark.parametrize(("conflict", "content"), [("OVERWRITE", b"new"), ("SKIP", b"old")])
async def test_a_file_that_is_there_is_treated_as_told(
    run: FakeRun, conflict: str, content: bytes
) -> None:
    for text in ("old", "new"):
        await run.do(
            f"{NAMESPACE}UploadFiles", filesMap={"a": text}, conflict=conflict, namespace="n"
        )
    found = b"".join([chunk async for chunk in run.services.files.open("n/_files/a")])
    assert found == content


async def test_a_conflict_can_be_a_failure(run: FakeRun) -> None:
    given = {"filesMap": {"a": "x"}, "conflict": "ERROR", "namespace": "n"}
    await run.do(f"{NAMESPACE}UploadFiles", **given)
    with pytest.raises(TaskFailed, match="has a file a already"):
        await run.do(f"{NAMESPACE}UploadFiles", **given)


@pytest.mark.parametrize("name", ["../x", "a/../../../x", "%2e%2e/x"])
async def test_no_name_leaves_the_namespace(run: FakeRun, name: str) -> None:
    with pytest.raises(InvalidInput):
        await run.do(f"{NAMESPACE}UploadFiles", filesMap={name: "x"}, namespace="n")
