"""Filters on strings, numbers, lists and maps."""

from collections.abc import Callable

import pytest

from runtime.expressions.problems import ExpressionError

STRINGS = [
    ("'Ada' | upper", "ADA"),
    ("'ADA' | lower", "ada"),
    ("' a ' | trim", "a"),
    ("'hello big world' | capitalize", "Hello big world"),
    ("'hello big world' | title", "Hello Big World"),
    ("'a long text' | abbreviate(8)", "a lon..."),
    ("'short' | abbreviate(8)", "short"),
    ("'a long text' | abbreviate(length=8)", "a lon..."),
    ("'a-b-a' | replace({'a': 'x', '-': '+'})", "x+b+x"),
    ("'a1b22' | replace({'[0-9]+': '#'}, regexp=true)", "a#b#"),
    ("'a1b22' | regexMatch('\\d{2}')", True),
    ("null | regexMatch('x')", False),
    ("'a1b22' | regexExtract('b(\\d+)', 1)", "22"),
    ("'abc' | regexExtract('\\d+')", None),
    ("'a1b22' | regexReplace('(\\d+)', '<$1>')", "a<1>b<22>"),
    ("'file.csv' | startsWith('file')", True),
    ("'file.csv' | endsWith('.json')", False),
    ("'file.csv' | startsWith(value='x')", False),
    ("'a.b.c' | substringBefore('.')", "a"),
    ("'a.b.c' | substringAfter('.')", "b.c"),
    ("'a.b.c' | substringBeforeLast('.')", "a.b"),
    ("'a.b.c' | substringAfterLast('.')", "c"),
    ("'abc' | substringBefore('x')", "abc"),
    ("'abc' | substringAfter('x')", ""),
    ("'Crème Brûlée, s\\'il vous plaît!' | slugify", "creme-brulee-sil-vous-plait"),
    ("\"it's\" | escapeChar('single')", "it\\'s"),
    ("'say \"x\"' | escapeChar('double')", 'say \\"x\\"'),
    ("\"it's\" | escapeChar('shell')", "it'\\''s"),
    ("['\"', {'k': '\"'}] | escapeChar('double')", ['\\"', {"k": '\\"'}]),
    ("'a\nb' | indent(2)", "a\n  b"),
    ("'a\nb' | nindent(1, '-')", "\n-a\n-b"),
    ("'' | nindent(1)", ""),
    ("5 | string", "5"),
    ("5 | className", "java.lang.Integer"),
    ("5000000000 | className", "java.lang.Long"),
    ("'x' | className", "java.lang.String"),
    ("null | upper", None),
    ("'a b' | urlencode", "a+b"),
    ("'a+b%26' | urldecode", "a b&"),
    ("'hello' | base64encode", "aGVsbG8="),
    ("'aGVsbG8=' | base64decode", "hello"),
    ("'a' | md5", "0cc175b9c0f1b6a831c399e269772661"),
    ("'a' | sha1", "86f7e437faa5a7fce15d1ddcb9eaeaea377667b8"),
    ("'a' | sha256 | slice(0, 8)", "ca978112"),
    ("'a' | sha512 | length", 128),
]

NUMBERS = [
    ("'12' | number", 12),
    ("'1.5' | number", 1.5),
    ("'0x1F' | number", 31),
    ("'010' | number('INT')", 10),
    ("'12' | number('DOUBLE')", 12.0),
    ("'1.10' | number('BIGDECIMAL') | string", "1.10"),
    ("'5' | number(type='LONG') + 1", 6),
    ("1234567.891 | numberFormat('#,##0.00')", "1,234,567.89"),
    ("0.256 | numberFormat('0.0%')", "25.6%"),
    ("5 | numberFormat('000')", "005"),
    ("-3 | abs", 3),
    ("(0 - 3.5) | abs", 3.5),
    ("max(1, 5, 3)", 5),
    ("min([4, 2.5])", 2.5),
    ("numbers | sort | last", 3),
]

COLLECTIONS = [
    ("map | keys", ["a", "b", "7"]),
    ("words | keys", [0, 1]),
    ("{'x': 1, 'y': 2} | values", [1, 2]),
    ("[[1, [2]], 3] | flatten", [1, [2], 3]),
    ("1..5 | chunk(2)", [[1, 2], [3, 4], [5]]),
    ("[1, 1.0, '1', 1, {'a': 1}, {'a': 1}] | distinct", [1, "1", {"a": 1}]),
    ("1..5 | slice(1, 3)", [2, 3]),
    ("'hello' | slice(1)", "ello"),
    ("numbers | sort", [1, 2, 3]),
    ("words | rsort", ["pear", "apple"]),
    ("numbers | reverse", [2, 1, 3]),
    ("'abc' | reverse", "cba"),
    ("numbers | first", 3),
    ("'abc' | last", "c"),
    ("[] | first", None),
    ("map | length", 3),
    ("'abc' | length", 3),
    ("null | length", 0),
    ("numbers | join(', ')", "3, 1, 2"),
    ("{'a': 1, 'b': 2} | merge({'b': 3})", {"a": 1, "b": 3}),
    ("[1] | merge([2])", [1, 2]),
    ("{'a': 1} | merge(['b', 'c'])", {"a": 1, "b": "b", "c": "c"}),
    ("[1] | merge({'a': 2})", [1, {"a": 2}]),
    ("'a,b,,c,,' | split(',')", ["a", "b", "", "c"]),  # Java drops empty parts at the end
    ("'a,b,c' | split(',', 2)", ["a", "b,c"]),
    ("'a.b' | split('\\.')", ["a", "b"]),  # a regular expression
    ("numbers | join('-') | split('-') | first | number + 1", 4),
]

STRUCTURED = [
    ("map | toJson", '{"a":1,"b":{"c":[10,20]},"7":"seven"}'),
    ("fromJson('{\"a\": [1, 2.5, null]}')", {"a": [1, 2.5, None]}),
    ("json('[1]')", [1]),
    ("'x' | toJson", '"x"'),
    ("{'a': [1, {'b': null}]} | yaml", "a:\n - 1\n - b: null\n"),
    ("yaml('a: [1, x]\nb: true')", {"a": [1, "x"], "b": True}),
    ("{'a': 1, 'b': ['x', null, 1.5]} | toIon", '{a:1,b:["x",null,1.5e0]}'),
    ("[1.123, -0.1, 10.0] | toIon", "[1.123e0,-0.1e0,10e0]"),
    ("{'1.50e+0': '2.50e+0\\\"'} | toIon", """{'1.50e+0':"2.50e+0\\\\\\""}"""),
    ("fromIon('{a:1}')", {"a": 1}),
    ("fromIon('{a:1} {a:2}')", {"a": 1}),
    ("fromIon('{a:1} {a:2}', allRows=true)", [{"a": 1}, {"a": 2}]),
    ("map | jq('.b.c[]')", [10, 20]),
    ("map | jq('.a') | first", 1),
    ("'[{\"x\": 1}, {\"x\": 2}]' | jq('map(.x) | add')", [3]),
    ("map | jq('.nothing')", [None]),
    ("map | jq('[.b.c[] | . * 2]')", [[20, 40]]),
    ("map | jq('reduce .b.c[] as $x (0; . + $x)')", [30]),
    ("map | jq('.b.c | @csv')", ["10,20"]),
    ("null | jq('.a')", None),
]

CASES = STRINGS + NUMBERS + COLLECTIONS + STRUCTURED


@pytest.mark.parametrize(("expression", "result"), CASES, ids=lambda v: str(v))
def test_filters_give(value: Callable[[str], object], expression: str, result: object) -> None:
    given = value("{{ " + expression + " }}")
    assert given == result
    assert type(given) is type(result)


MISTAKES = [
    ("5 | number", "works on a string, not on a number"),
    ("'x' | number('INT')", "`x` is not a number of type INT"),
    ("'99999999999' | number('INT')", "is not a number of type INT"),
    ("'x' | numberFormat('0')", "works on a number, not on a string"),
    ("5 | join(',')", "works on a list, not on a number"),
    ("'abc' | slice(2, 9)", "is outside of the 3 there are"),
    ("[1, 'a'] | sort", "have no order"),
    ("1..3 | chunk(0)", "`size` must be 1 or more"),
    ("'x' | replace('a')", "takes a map, not a string"),
    ("'x' | escapeChar('triple')", "does not know the type `triple`"),
    ("'x' | regexMatch('(')", "is not a regular expression"),
    ("'x' | substringBefore('')", "the separator is empty"),
    ("'%%%' | base64decode", "is not base64"),
    ("fromJson('{')", "the text is not JSON"),
    ("yaml('a: [')", "the text is not YAML"),
    ("fromIon('{a:')", "the text is not Ion"),
    ("map | jq('.[')", "the jq program `.[` fails"),
    ("map | jq('.a.b')", "Cannot index number"),
    ("'a' is even", "asks of a whole number, not of a string"),
]


@pytest.mark.parametrize(("expression", "message"), MISTAKES)
def test_a_wrong_value_is_explained(
    value: Callable[[str], object], expression: str, message: str
) -> None:
    with pytest.raises(ExpressionError) as error:
        value("{{ " + expression + " }}")
    assert message in error.value.message
