import shutil

import pytest

from tests.support.running import FakeRun

pytestmark = pytest.mark.skipif(shutil.which("node") is None, reason="no Node on the PATH")


async def test_a_script_tells_outputs_and_metrics_by_the_helper_library(run: FakeRun) -> None:
    outputs = await run.do(
        "io.kestra.plugin.scripts.node.Script",
        script="""
const Kestra = require("@kestra-io/libs");
console.log("working");
Kestra.outputs({ rows: 2 });
Kestra.counter("rows", 2, { table: "people" });
Kestra.timer("load", (done) => done());
""",
    )
    assert outputs["vars"] == {"rows": 2}
    assert run.messages == ["working"]
    assert (run.counters["rows"], run.tags["rows"]) == (2, {"table": "people"})
    assert run.timers["load"] >= 0
