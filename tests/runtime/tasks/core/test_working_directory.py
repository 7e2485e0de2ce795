import os
from datetime import timedelta

import pytest

from runtime.executions.plan import COLLECT, PREPARE
from runtime.tasks.task import TaskFailed
from tests.support.running import FakeRun


async def test_the_directory_is_filled_before_and_its_files_kept_afterwards(run: FakeRun) -> None:
    await run.services.files.put("company/team/_files/lib/a.py", b"namespace")
    await run.do(
        PREPARE, inputFiles='{"in.txt": "text"}', namespaceFiles={"enabled": True}, loopUntil="x"
    )
    assert (run.directory / "in.txt").read_text() == "text"
    assert (run.directory / "lib" / "a.py").read_text() == "namespace"
    outputs = await run.do(COLLECT, outputFiles=["**/*.py"])
    assert list(outputs["outputFiles"]) == ["lib/a.py"]


async def test_cached_files_are_there_in_the_next_execution(run: FakeRun) -> None:
    cache = {"patterns": ["modules/**"], "ttl": "PT1H"}
    await run.do(PREPARE, cache=cache)
    (run.directory / "modules" / "deep").mkdir(parents=True)
    (run.directory / "modules" / "deep" / "a.js").write_text("cached")
    await run.do(COLLECT, cache=cache)
    _empty(run)
    await run.do(PREPARE, cache=cache)
    assert (run.directory / "modules" / "deep" / "a.js").read_text() == "cached"


async def test_cached_files_that_are_too_old_are_not(run: FakeRun) -> None:
    cache = {"patterns": ["*.js"], "ttl": "PT1H"}
    (run.directory / "a.js").write_text("old")
    await run.do(COLLECT, cache=cache)
    _empty(run)
    stored = run.services.settings.data_dir / "storage/company/team/demo/_cache/work.tar"
    past = (run.now() - timedelta(hours=2)).timestamp()
    os.utime(stored, (past, past))
    await run.do(PREPARE, cache=cache)
    assert list(run.directory.iterdir()) == []


async def test_a_link_that_leaves_the_directory_is_not_cached(run: FakeRun) -> None:
    (run.directory / "a.js").symlink_to("/etc/hostname")
    with pytest.raises(TaskFailed, match="a link that leaves"):
        await run.do(COLLECT, cache={"patterns": ["*.js"]})


def _empty(run: FakeRun) -> None:
    for path in sorted(run.directory.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
