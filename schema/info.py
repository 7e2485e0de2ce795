"""What Strawberry hands to every method, with our context in it."""

import strawberry

from resolvers.context import Context

Info = strawberry.Info[Context, None]
