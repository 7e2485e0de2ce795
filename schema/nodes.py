"""What every thing with an identity has in common."""

import strawberry
from strawberry import field


@strawberry.interface(description="A thing with an id of its own, which `node` finds again.")
class Node:
    id: strawberry.ID = field(
        description="Its id: opaque, unique among all things, the same for ever."
    )
