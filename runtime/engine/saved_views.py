"""Saving and deleting views: named filters of lists, which everybody sees."""

from dataclasses import dataclass, replace

import asyncpg

from runtime.clock import Clock
from runtime.errors import Conflict, InvalidInput, LimitExceeded, NotFound
from runtime.ids import SAVED_VIEW, new_id
from runtime.store import saved_views
from runtime.store.encoding import to_json
from runtime.store.pool import Pool
from runtime.store.saved_views import View

_LONGEST_NAME = 200
_LONGEST_DESCRIPTION = 2_000
_LARGEST = 64 * 1024
_MOST = 500


@dataclass(frozen=True, slots=True)
class SavedViews:
    """Changes views."""

    pool: Pool
    clock: Clock

    async def save(
        self, view: View, *, view_id: str | None, version: int | None, actor: str | None
    ) -> str:
        """Make a new view, or change the one with this id; its id.

        Raises InvalidInput and LimitExceeded for what it cannot be, NotFound, and Conflict for a
        name that is taken or another version than the one expected.
        """
        view = replace(view, name=view.name.strip())
        _check(view)
        now = self.clock.now()
        try:
            if view_id is None:
                await self._check_room(view)
                view_id = new_id(SAVED_VIEW)
                await saved_views.create(self.pool, view_id, view, now, actor)
            elif not await saved_views.change(self.pool, view_id, view, now, actor, version):
                await self._explain(view_id)
        except asyncpg.UniqueViolationError:
            raise Conflict(
                f"There is a view `{view.name}` of this list already.",
                hint="Choose another name, or change that one.",
                path=("name",),
            ) from None
        return view_id

    async def delete(self, view_id: str) -> None:
        """Raises NotFound."""
        if not await saved_views.delete(self.pool, view_id):
            raise _no_view(view_id)

    async def _check_room(self, view: View) -> None:
        if await saved_views.count(self.pool, view.target) >= _MOST:
            raise LimitExceeded(
                f"There are {_MOST} views of this list.", hint="Delete those that nobody needs."
            )

    async def _explain(self, view_id: str) -> None:
        version = await saved_views.version_of(self.pool, view_id)
        if version is None:
            raise _no_view(view_id)
        raise Conflict(
            f"The view was changed meanwhile: it is at version {version}.",
            hint="Look at it again, then decide.",
            path=("expectedVersion",),
        )


def _check(view: View) -> None:
    if not view.name:
        raise InvalidInput("The view has no name.", hint="Give it one.", path=("name",))
    lengths = {"name": _LONGEST_NAME, "description": _LONGEST_DESCRIPTION}
    for part, longest in lengths.items():
        if len(getattr(view, part) or "") > longest:
            raise LimitExceeded(f"`{part}` is longer than {longest:,} characters.", path=(part,))
    for part in ("filter", "settings"):
        if len(to_json(getattr(view, part))) > _LARGEST:
            raise LimitExceeded(f"`{part}` is larger than {_LARGEST // 1024} KB.", path=(part,))


def _no_view(view_id: str) -> NotFound:
    return NotFound(f"There is no view {view_id}.", hint="It may have been deleted.", path=("id",))
