"""Who asks, and what this server is."""

from typing import Self

import strawberry
from strawberry import field

from resolvers.viewer import Viewer as ViewerRecord
from schema.info import Info


@strawberry.type(description="Who asks, and what they may know of this server.")
class Viewer:
    name: str | None = field(description="The caller's name; null when nobody was asked for one.")
    version: str = field(description="The version of Flowdeck that answers.")
    environment: str | None = field(
        description="The name of this installation, to tell production from the rest."
    )

    @classmethod
    def of(cls, found: ViewerRecord) -> Self:
        return cls(name=found.name, version=found.version, environment=found.environment)


@strawberry.type
class ViewerQuery:
    @strawberry.field(description="Who asks.")
    def viewer(self, info: Info) -> Viewer:
        return Viewer.of(info.context.viewer)
