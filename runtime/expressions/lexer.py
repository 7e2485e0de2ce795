"""Tokens of the dialect: Jinja's lexer with Pebble's operators, numbers, strings and verbatim.

Pebble (the language of Kestra's templates) keeps a backslash in a string unless it escapes the
quotation mark, knows `123L`, and has no exponents, `//` or `**`.
"""

import re
from collections.abc import Iterable, Iterator

from jinja2 import Environment
from jinja2.exceptions import TemplateSyntaxError
from jinja2.lexer import (
    Lexer,
    Token,
    TokenStream,
    _Rule,
    ignored_tokens,
    newline_re,
    whitespace_re,
)

from runtime.expressions.limits import LIMITS

OPERATORS = {
    "???": "undefined_or",
    "??": "null_or",
    "?": "question",
    "..": "range",
    "==": "eq",
    "!=": "ne",
    ">=": "gteq",
    "<=": "lteq",
    ">": "gt",
    "<": "lt",
    "+": "add",
    "-": "sub",
    "*": "mul",
    "/": "div",
    "%": "mod",
    "~": "tilde",
    "|": "pipe",
    ".": "dot",
    ",": "comma",
    ":": "colon",
    "=": "assign",
    "(": "lparen",
    ")": "rparen",
    "[": "lbracket",
    "]": "rbracket",
    "{": "lbrace",
    "}": "rbrace",
}

_operator_re = re.compile(
    "|".join(re.escape(text) for text in sorted(OPERATORS, key=len, reverse=True))
)
_name_re = re.compile(r"[^\W\d]\w*")
_decimal_re = re.compile(r"(?<!\.)\d+\.\d+")
_integer_re = re.compile(r"\d+L?(?!\w)")
_string_re = re.compile(r"'[^'\\]*(?:\\.[^'\\]*)*'" r'|"[^"\\]*(?:\\.[^"\\]*)*"', re.S)

_EXPRESSION_RULES = [
    _Rule(whitespace_re, "whitespace", None),
    _Rule(_decimal_re, "float", None),
    _Rule(_integer_re, "integer", None),
    _Rule(_name_re, "name", None),
    _Rule(_string_re, "string", None),
    _Rule(_operator_re, "operator", None),
]


class DialectLexer(Lexer):
    """Jinja's state machine of text, tags, comments and raw blocks, with our expressions in it."""

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        for state in ("block_begin", "variable_begin"):
            self.rules[state] = [self.rules[state][0], *_EXPRESSION_RULES]
        self.rules["root"][0] = _with_verbatim(self.rules["root"][0], "raw")
        self.rules["raw_begin"][0] = _with_verbatim(self.rules["raw_begin"][0], "endraw")

    def tokenize(
        self,
        source: str,
        name: str | None = None,
        filename: str | None = None,
        state: str | None = None,
    ) -> TokenStream:
        """The tokens of a template, each with its place."""
        ends = newline_re.findall(source)
        source = newline_re.sub("\n", source)
        placed = _place(self.tokeniter(source, name, filename, state), source)
        is_unusual = any(end != "\n" for end in ends)
        tokens = _with_ends(placed, source, ends) if is_unusual else placed
        return TokenStream(tokens, name, filename)


class PlacedToken(Token):
    """A token that knows at which character of the source it starts."""

    offset: int


def _place(raw_tokens: Iterable[tuple[int, str, str]], source: str) -> Iterator[PlacedToken]:
    raw = False
    position = 0
    for line, kind, text in raw_tokens:
        offset = source.find(text, position)
        position = offset + len(text)
        if kind in ("raw_begin", "raw_end"):
            raw = kind == "raw_begin"
        elif kind not in ignored_tokens:
            token = _token(line, kind, text, raw)
            token.offset = offset
            yield token


def _with_ends(tokens: Iterable[PlacedToken], source: str, ends: list[str]) -> Iterator[Token]:
    """The tokens with the line ends that their text had, CR LF or CR."""
    line = position = 0
    for token in tokens:
        line += source.count("\n", position, token.offset)
        position = token.offset
        if token.type in ("data", "raw_data", "string") and "\n" in token.value:
            first, *others = token.value.split("\n")
            text = first + "".join(map("".join, zip(ends[line:], others, strict=False)))
            changed = PlacedToken(token.lineno, token.type, text)
            changed.offset = token.offset
            yield changed
        else:
            yield token


def _with_verbatim(rule: _Rule, tag: str) -> _Rule:
    """Jinja's rule of `raw`, for `verbatim` too.

    `{%- raw -%}` takes no blanks away, for Kestra cuts these blocks out before it reads the tags.
    """
    verbatim = tag.replace("raw", "verbatim")
    pattern = re.sub(
        rf"\\{{%(\(.*?\)*)\\s\*{tag}\\s\*(\(\?:.*?%\\}}\))",
        lambda rest: (
            rf"\{{%(?:[-+](?=\s*{tag}\b))?{rest[1]}\s*"
            rf"(?:{tag}\s*[-+]?%\}}|{verbatim}\s*{rest[2]})"
        ),
        rule.pattern.pattern,
    )
    return _Rule(re.compile(pattern, rule.pattern.flags), rule.tokens, rule.command)


def _token(line: int, kind: str, text: str, raw: bool) -> PlacedToken:
    value: object = text
    if kind == "operator":
        kind = OPERATORS[text]
    elif kind == "data" and raw:
        kind = "raw_data"
    elif kind == "string":
        quote = text[0]
        value = text[1:-1].replace("\\" + quote, quote)
    elif kind in ("integer", "float"):
        if len(text) > LIMITS.digits:
            raise TemplateSyntaxError("the number has too many digits", line)
        value = int(text.rstrip("L")) if kind == "integer" else float(text)
    elif kind == "name" and not text.isidentifier():
        raise TemplateSyntaxError(f"`{text}` is not a name", line)
    return PlacedToken(line, kind, value)  # type: ignore[arg-type]  # Jinja's numbers are not str either
