"""What a newcomer finds: the example flows, and a first execution of one of them."""

from importlib.resources import files

from runtime.engine.engine import NewExecution
from runtime.engine.lifespan import Runtime

_FIRST = "conditionallyReturnOutputs"


async def load_examples(runtime: Runtime) -> int:
    """Save the example flows that are not there yet and run the first; how many are new."""
    folder = files("runtime.flows.examples")
    sources = sorted(
        (f for f in folder.iterdir() if f.name.endswith(".yaml")), key=lambda f: f.name
    )
    created = 0
    for source in sources:
        saved = await runtime.engine.save_flow(source.read_text("utf-8"), actor="examples")
        created += saved.created
        if saved.created and saved.flow.revision == 1 and saved.flow.id == _FIRST:
            request = NewExecution(saved.flow.namespace, saved.flow.id)
            await runtime.engine.create_execution(request)
    return created
