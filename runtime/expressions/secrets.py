"""The texts of an execution that nobody may read, in every form in which they may turn up.

A secret is looked for as it is, without the blanks around it, line by line, and as JSON, a URL and
base64 would write it. What a filter makes of it (`upper`, `jq`, `split` …) counts as a secret, too;
hashes do not, for they do not lead back.
"""

import json
import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from threading import Lock
from urllib.parse import quote, quote_plus

MASK = "******"
_SHORT = 4
"""Characters below which a text is only found where it stands alone: `7` would be everywhere."""
_MOST_DERIVED = 1_000
"""The youngest count; the loop of an expression could make them without end."""
_MOST_LINES = 1_000
_LONGEST = 1 << 16
"""Characters of the longest derived text that is looked for as a whole."""
_ALIGNMENTS = ((0, 0), (1, 2), (2, 3))
"""How many bytes may stand before a secret in base64, and how many characters they spoil."""
_LEAST_CORE = 8
_MOST_LEAVES = 1_000


class Secrets:
    """A growing set of secrets. To be shared between threads."""

    def __init__(self, known: Iterable[str] = ()) -> None:
        self._texts: set[str] = set()
        self._forms: dict[str, None] = {}
        self._derived: dict[str, None] = {}
        self._alone: re.Pattern[str] | None = None
        self._sorted: tuple[str, ...] = ()
        self._growing = Lock()
        for text in known:
            self.add(text)

    def add(self, text: str) -> None:
        """Count a text as secret, in all its forms."""
        if text in self._texts or not text.strip():
            return
        forms = [form for form in _forms(text) if len(form) >= _SHORT]
        with self._growing:
            self._texts = self._texts | {text}
            self._forms.update(dict.fromkeys(forms))
            self._order()

    def follow(self, source: object, result: object) -> None:
        """Count what was made of a text that holds a secret, unless the text shows it anyway."""
        if type(source) is not str or type(result) in (int, float, bool) or not self.within(source):
            return
        open_part = self.mask(source)
        fresh = [
            text
            for text in _leaves(result)
            if _SHORT <= len(text) <= _LONGEST and text not in open_part and not self.within(text)
        ]
        if not fresh:
            return
        with self._growing:
            self._derived.update(dict.fromkeys(fresh))
            for oldest in list(self._derived)[: max(0, len(self._derived) - _MOST_DERIVED)]:
                del self._derived[oldest]
            self._order()

    def within(self, text: str) -> bool:
        """Whether the text holds a secret."""
        for form in self._sorted:
            if form in text:
                return True
        return self._alone is not None and self._alone.search(text) is not None

    def mask(self, text: str) -> str:
        """The text with every secret in it replaced by `******`, longest first."""
        for form in self._sorted:
            if form in text:
                text = text.replace(form, MASK)
        return text if self._alone is None else self._alone.sub(MASK, text)

    @property
    def reach(self) -> int:
        """Characters of the longest form."""
        return len(self._sorted[0]) if self._sorted else 0

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __bool__(self) -> bool:
        return bool(self._texts)

    def _order(self) -> None:
        every = {**self._forms, **self._derived}
        self._sorted = tuple(sorted(every, key=len, reverse=True))
        short = [text.strip() for text in self._texts if len(text.strip()) < _SHORT]
        words = "|".join(map(re.escape, sorted(short, key=len, reverse=True)))
        self._alone = re.compile(rf"(?<!\w)(?:{words})(?!\w)") if words else None


def _forms(text: str) -> set[str]:
    """A secret as it may be written elsewhere."""
    bare = text.strip()
    plain = {text, bare}
    if "\n" in bare:
        plain.update(line.strip() for line in bare.splitlines()[:_MOST_LINES])
    escaped = {
        json.dumps(each, ensure_ascii=ascii)[1:-1] for each in plain for ascii in (False, True)
    }
    return plain | escaped | {quote(bare, safe=""), quote(bare), quote_plus(bare)} | _cores(bare)


def _cores(text: str) -> set[str]:
    """What base64 of any text around the secret holds for certain."""
    data = text.encode("utf-8", "replace")
    found = set()
    for before, spoilt in _ALIGNMENTS:
        whole = b64encode(bytes(before) + data).decode()
        certain = (before + len(data)) * 8 // 6
        core = whole[spoilt:certain]
        if len(core) >= _LEAST_CORE:
            found |= {core, core.replace("+", "-").replace("/", "_")}
    return found


def _leaves(value: object) -> Iterator[str]:
    """The texts in a value, the first thousand of them."""
    stack, left = [value], _MOST_LEAVES
    while stack and left:
        left -= 1
        match stack.pop():
            case str(text):
                yield text
            case Mapping() as entries:
                stack.extend(list(entries.values())[:left])
            case (list() | tuple()) as items:
                stack.extend(items[:left])
