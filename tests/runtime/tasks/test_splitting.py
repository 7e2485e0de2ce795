from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from runtime.tasks import splitting
from runtime.tasks.splitting import lines, lines_backwards
from runtime.tasks.threads import Stop

CONTENT = st.text("ab\n;", max_size=40).map(str.encode)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CONTENT, st.sampled_from([b"\n", b";\n"]), st.integers(1, 9))
def test_the_lines_from_behind_are_those_from_the_front(
    tmp_path: Path, content: bytes, separator: bytes, chunk: int
) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    usual, splitting._CHUNK = splitting._CHUNK, chunk
    try:
        forwards = list(lines(path, separator, Stop()))
        assert list(lines_backwards(path, separator, Stop())) == forwards[::-1]
    finally:
        splitting._CHUNK = usual


def test_nothing_has_no_lines(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert list(lines_backwards(tmp_path / "file", b"\n", Stop())) == []
