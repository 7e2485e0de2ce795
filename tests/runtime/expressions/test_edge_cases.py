"""What Kestra gives in cases that are easily got wrong: dates, null, line ends, typed values."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from runtime.expressions.problems import ExpressionError
from runtime.expressions.render import Renderer
from runtime.expressions.scope import Scope

ZONED = datetime(2013, 9, 8, 16, 19, 12, 123456, tzinfo=timezone(timedelta(hours=1)))
WHOLE = datetime(2013, 9, 8, 16, 19, tzinfo=timezone(timedelta(hours=2)))
SECOND = {"string": "text", "int": 1, "float": 1.123, "list": ["a", 1, 1.123], "bool": True}
VARIABLES: dict[str, object] = {
    "zoned": ZONED,
    "instant": ZONED.astimezone(UTC),
    "local": ZONED.replace(tzinfo=None),
    "whole": WHOLE,
    "vars": {**SECOND, "date": WHOLE, "null": None},
    "first": {"second": "{{ third }}"},
    "third": "{{ end }}",
    "fourth": "{{ render(third, recursive=false) }}",
    "end": "awesome",
    "ping": "{{ pong }}",
    "pong": "{{ ping }}",
    "block": {"test": {"child": "awesome"}},
    "inner": "test",
    "state": "SUCCESS",
    "map": {"key": "value"},
    "envs": {"HOST": "postgres", "EMPTY": ""},
    "turns": [{"item": {"value": "a"}, "outputs": {"uri": "a"}}, {"item": {}}, "no map"],
    "rows": "{id:0}\n{id:1}\n",
}

GIVEN = [
    # dates
    ("zoned | date(format='iso', timeZone='Europe/Paris')", "2013-09-08T17:19:12.123456+02:00"),
    ("instant | date('iso_sec', timeZone='Europe/Paris')", "2013-09-08T17:19:12+02:00"),
    ("local | date('yyyy-MM-dd HH:mm:ssXXX', timeZone='UTC')", "2013-09-08 16:19:12Z"),
    ("local | date('HH:mm:ssXXX', timeZone='Europe/Paris')", "16:19:12+02:00"),
    ("'July 24, 2001' | date('yyyy-MM-dd', existingFormat='MMMM dd, yyyy')", "2001-07-24"),
    ("'2013-09-08' | date(timeZone='Europe/Paris')", "2013-09-08T00:00:00.000000+02:00"),
    (
        "'Tue, 08 Feb 2022 19:38:26 GMT' | date(existingFormat='rfc_1123_date_time', "
        "timeZone='Europe/Paris')",
        "2022-02-08T20:38:26.000000+01:00",
    ),
    ("zoned | dateAdd(-1, 'DAYS', timeZone='Europe/Paris')", "2013-09-07T17:19:12.123456+02:00"),
    ("(zoned | timestamp) > (zoned | dateAdd(-1, 'DAYS') | timestamp)", "true"),
    ("zoned | timestampMilli", "1378653552123"),
    ("zoned | timestampNano", "1378653552123456000"),
    ("whole", "2013-09-08T16:19+02:00"),
    ("[whole]", '["2013-09-08T16:19:00+02:00"]'),
    ("whole | yaml", "2013-09-08T16:19:00+02:00\n"),
    ("vars | jq('.date') | first", "2013-09-08T16:19:00+02:00"),
    ("dayOfWeek('2025-01-06T10:00:00+02:00')", "MONDAY"),
    ("isDateBetween('2026-03-01T00:00:00Z', '2025-12-31T23:59:59Z', '2026-06-30Z')", None),
    ("isDateBetween('2026-06-30T23:59:59Z', '2025-12-31', '2026-06-30T23:59:59Z')", "false"),
    ("isDateAfter('2026-01-01T00:00:00-03:00', '2026-01-01T02:00:00Z')", "true"),
    ("isDateBefore('2026-03-01T00:00:00', '2026-06-30T23:59:59Z')", None),
    # serialised
    ("vars.string | yaml", "text\n"),
    ("vars.int | yaml", "1\n"),
    ("vars.bool | yaml", "true\n"),
    ("vars.list | yaml", " - a\n - 1\n - 1.123\n"),
    ("[{'a': 1, 'b': [2]}] | yaml", " - a: 1\n   b:\n    - 2\n"),
    ("yaml([{'a': 1, 'b': [2]}] | yaml) | toJson", '[{"a":1,"b":[2]}]'),
    ("null | toJson", "null"),
    ("{'empty': {}} | toJson", '{"empty":{}}'),
    ("{'empty': {}} | toIon", "{empty:{}}"),
    ("null | toIon", "null"),
    ("fromIon('{date:2024-04-21T23:00:00.000Z, title:\"Main\"}').title", "Main"),
    ("fromIon(null)", ""),
    ("fromIon(rows, allRows=true)", '[{"id":0},{"id":1}]'),
    ("fromIon(rows)", '{"id":0}'),
    ("fromIon('{not: ion')", None),
    ("fromIon()", None),
    ("vars | jq('.list[0]')", '["a"]'),
    ("vars | jq('.null') | first | className", ""),
    # null and missing
    ("vars.list[3] is defined ? bla : null", ""),
    ("missing is defined ? missing : missing2", None),
    ("missing ?? missing2", None),
    ("missing ?? block.test.child", "awesome"),
    ("block[missing].child ?? block[missing2].child ?? block[inner].child", "awesome"),
    ("inner.bla is not defined ? block.test.child : null", "awesome"),
    ("null ??? 'is null'", ""),
    ("undefined ??? 'is undefined'", "is undefined"),
    ("null | distinct", "null"),
    ("'text' | distinct", None),
    ("{'key': 'value'} | distinct", None),
    ("null | regexMatch('.*')", "false"),
    ("'hello' | regexExtract('[0-9]+')", ""),
    ("null | indent(2)", ""),
    ("1 | nindent(2)", "\n  1"),
    # operators
    ("state isIn ['SUCCESS', 'WARNING']", "true"),
    ("state isNotIn ['SUCCESS', 'WARNING']", "false"),
    ("state isIn ['FAILED'] or state isNotIn ['KILLED'] ? 'yes' : 'no'", "yes"),
    ("'key' isIn map and 'value' isIn map", "true"),
    ("'b' > 'a'", "true"),
    # line ends
    ('"a\r\nb" | indent(2)', "a\r\n  b"),
    ('"a\rb" | nindent(2)', "\r  a\r  b"),
    ('"\n\n" | nindent(2)', "\n  \n  \n  "),
    # rendered again
    ("render(first, recursive=false)", '{"second":"{{ end }}"}'),
    ("render(fourth)", "awesome"),
    ("render(first) | jq('.second')", '["awesome"]'),
    ("render(ping)", None),
    # functions
    ("randomInt(10, 10)", "10"),
    ("randomInt(10, 1)", None),
    ("randomInt('1', '10')", None),
    ("nanoId(8) | length", "8"),
    ("env('HOST')", "postgres"),
    ("env('PORT', '5432')", "5432"),
    ("env('EMPTY', 'none')", "none"),
    ("env('PORT')", ""),
    ("loopOutputs(turns, 'uri')", '["a",null,null]'),
    ("loopOutputs([], 'uri')", "[]"),
    ("loopOutputs([], null)", None),
    ("loopOutputs('text', 'uri')", None),
    ("'9223372036854775807' | number('BIGDECIMAL') | className", "java.math.BigDecimal"),
    ("'2147483647' | number | className", "java.lang.Integer"),
    ("'9223372036854775807' | number | className", "java.lang.Long"),
    ("'a' | escapeChar('foo')", None),
    ("1 | chunk(2)", None),
    ("vars.list | keys", "[0,1,2]"),
]


@pytest.mark.parametrize(("expression", "text"), GIVEN, ids=[case[0] for case in GIVEN])
def test_an_expression_gives_what_kestra_gives(
    renderer: Renderer, expression: str, text: str | None
) -> None:
    scope = Scope(VARIABLES)
    if text is None:
        with pytest.raises(ExpressionError):
            renderer.text("{{ " + expression + " }}", scope)
    else:
        assert renderer.text("{{ " + expression + " }}", scope) == text


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_template_keeps_its_line_ends(renderer: Renderer, end: str) -> None:
    template = f"one{end}{{{{ end }}}}{end}{{% if true %}}two{end}{{% endif %}}{end}"
    assert renderer.text(template, Scope(VARIABLES)) == f"one{end}awesome{end}two{end}{end}"


def test_mixed_line_ends_stay_mixed(renderer: Renderer) -> None:
    template = "a\r\nb\n{{ 'x\ry' }}\r\n{% raw %}{{\n\r\n}}{% endraw %}c\n"
    expected = "a\r\nb\nx\ry\r\n{{\n\r\n}}c\n"
    assert renderer.text(template, Scope(VARIABLES)) == expected
