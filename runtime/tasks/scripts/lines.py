"""From the bytes that a process prints to lines of bounded length."""

from collections.abc import Iterator

from runtime.tasks.task import TaskFailed

MARK = b"::{"
_PIECES = 3


class Lines:
    """Cuts a stream of bytes into lines; memory is bounded whatever comes.

    Lines end with LF, CR LF or CR. A line over `longest` bytes is split into several, except one
    that begins with `::{`: it carries outputs and must be whole, up to `longest_mark`.
    Invalid UTF-8 and NUL characters become the replacement character.
    """

    def __init__(self, longest: int, longest_mark: int) -> None:
        self._longest = longest
        self._longest_mark = longest_mark
        self._rest = b""
        self._after_cr = False

    def feed(self, chunk: bytes) -> Iterator[str]:
        """The lines that are complete now. Raises TaskFailed for outputs that are too large."""
        if self._after_cr:
            chunk = chunk.removeprefix(b"\n")
            self._after_cr = False
        if b"\r" in chunk:
            self._after_cr = chunk.endswith(b"\r")
            chunk = chunk.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        *lines, self._rest = (self._rest + chunk).split(b"\n")
        for line in lines:
            yield from self._pieces(line)
        yield from self._overflow()

    def end(self) -> Iterator[str]:
        """What is left when the stream has ended without a line end."""
        rest, self._rest = self._rest, b""
        if rest:
            yield from self._pieces(rest)

    def _overflow(self) -> Iterator[str]:
        if self._rest.startswith(MARK):
            self._check(self._rest)
            return
        while len(self._rest) > self._longest:
            end = _boundary(self._rest, self._longest)
            yield _text(self._rest[:end])
            self._rest = self._rest[end:]

    def _pieces(self, line: bytes) -> Iterator[str]:
        if len(line) <= self._longest:
            yield _text(line)
        elif line.startswith(MARK):
            self._check(line)
            yield _text(line)
        else:
            start = 0
            while start < len(line):
                end = start + _boundary(line[start : start + self._longest + 4], self._longest)
                yield _text(line[start:end])
                start = end

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
