"""The options of `http.Trigger` are those of the tasks that speak HTTP; they meet here."""

from runtime.flows.types import TypeSpec
from runtime.tasks.core.http_options import HttpOptions
from runtime.triggers.http import HttpTrigger


class AskingTrigger(HttpTrigger):
    """An `http.Trigger` whose options are checked, when the flow is saved and before it asks."""

    options: HttpOptions = HttpOptions()


def asking_spec() -> TypeSpec:
    """The page of `http.Trigger`, with its options."""
    spec = HttpTrigger.spec()
    return TypeSpec(
        name=spec.name,
        kind=spec.kind,
        properties=AskingTrigger,
        title=spec.title,
        description=spec.description,
        aliases=spec.aliases,
        outputs=spec.outputs,
    )
