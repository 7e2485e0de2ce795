"""From the bytes that a process prints to lines of bounded length."""

from collections.abc import Callable

from runtime.tasks.task import TaskFailed

MARK = b"::{"
_PIECES = 3
_OVERLAP = 1 << 13
"""Bytes that are held back of a line that goes on: a secret up to that long is never cut in two."""


class Lines:
    """Cuts a stream of bytes into lines; memory is bounded whatever comes.

    Lines end with LF, CR LF or CR. A line over `longest` bytes is split into several, except one
    that begins with `::{`: it carries outputs and must be whole, up to `longest_mark`.
    Invalid UTF-8 and NUL characters become the replacement character. `mask` takes the secrets out
    of a line before it is split, so that none stands half in one piece and half in the next.
    """

    def __init__(
        self, longest: int, longest_mark: int, mask: Callable[[str], str] | None = None
    ) -> None:
        self._longest = longest
        self._longest_mark = longest_mark
        self._mask = mask
        self._held_back = 0 if mask is None else _OVERLAP
        self._rest = b""
        self._after_cr = False

    def feed(self, chunk: bytes) -> list[str]:
        """The lines that are complete now. Raises TaskFailed for outputs that are too large."""
        if self._after_cr:
            chunk = chunk.removeprefix(b"\n")
            self._after_cr = False
        if b"\r" in chunk:
            self._after_cr = chunk.endswith(b"\r")
            chunk = chunk.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        whole, end, rest = chunk.rpartition(b"\n")
        if not end:
            self._rest += chunk
            return self._overflow()
        whole, self._rest = self._rest + whole, rest
        return self._cut(whole) + self._overflow()

    def end(self) -> list[str]:
        """What is left when the stream has ended without a line end."""
        rest, self._rest = self._rest, b""
        return self._pieces(rest) if rest else []

    def _cut(self, whole: bytes) -> list[str]:
        if len(whole) <= self._longest:
            return _text(whole).split("\n")
        lines = whole.split(b"\n")
        if len(max(lines, key=len)) <= self._longest:
            return _text(whole).split("\n")
        return [piece for line in lines for piece in self._pieces(line)]

    def _overflow(self) -> list[str]:
        """What of a line that goes on is too much to be held."""
        if self._rest.startswith(MARK):
            self._check(self._rest)
            return []
        if len(self._rest) <= self._longest + self._held_back:
            return []
        if self._mask is not None:
            end = _boundary(self._rest, len(self._rest) - 1)
            self._rest = self._masked(self._rest[:end]) + self._rest[end:]
        found = []
        while len(self._rest) > self._longest + self._held_back:
            end = _boundary(self._rest, self._longest)
            found.append(_text(self._rest[:end]))
            self._rest = self._rest[end:]
        return found

    def _pieces(self, line: bytes) -> list[str]:
        if len(line) <= self._longest:
            return [_text(line)]
        if line.startswith(MARK):
            self._check(line)
            return [_text(line)]
        line = self._masked(line)
        found, start = [], 0
        while start < len(line):
            end = start + _boundary(line[start : start + self._longest + 4], self._longest)
            found.append(_text(line[start:end]))
            start = end
        return found

    def _masked(self, line: bytes) -> bytes:
        return line if self._mask is None else self._mask(_text(line)).encode()

    def _check(self, line: bytes) -> None:
        if len(line) > self._longest_mark:
            raise TaskFailed(
                f"The script sent outputs of more than {self._longest_mark:,} bytes in one line; "
                "write large data to a file and name it in `outputFiles`."
            )


def _boundary(data: bytes, longest: int) -> int:
    """Where to cut so that no character of UTF-8 is torn."""
    if len(data) <= longest:
        return len(data)
    end = longest
    for _ in range(_PIECES):
        if data[end] & 0xC0 != 0x80:
            return end
        end -= 1
    return end


def _text(line: bytes) -> str:
    return line.decode("utf-8", "replace").replace("\0", "�")
