"""Circles among things that wait for each other."""

from collections.abc import Mapping, Sequence


def find_cycle(depends_on: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """The first circle, its start named again at its end; empty when there is none.

    Names that are not keys are passed over.
    """
    done: set[str] = set()
    for start in depends_on:
        if start in done:
            continue
        trail = {start: None}
        waiting = [iter(depends_on[start])]
        while waiting:
            following = next(waiting[-1], None)
            if following is None:
                done.add(trail.popitem()[0])
                waiting.pop()
            elif following in trail:
                names = [*trail]
                return (*names[names.index(following) :], following)
            elif following in depends_on and following not in done:
                trail[following] = None
                waiting.append(iter(depends_on[following]))
    return ()
