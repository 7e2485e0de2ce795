"""Templates to Jinja nodes: text, `{{ }}` and the tags.

A variable of the context becomes the call `x_lookup('name')`, made only when it is needed; a
loop variable or a macro's parameter stays a Jinja name. Everything Jinja has and the dialect has
not (imports, attributes of Python objects, calls of values) cannot be written at all.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

from jinja2 import Environment, nodes
from jinja2.parser import Parser

from runtime.expressions.dialect import Dialect
from runtime.expressions.expression_parser import ExpressionParser, internal, place
from runtime.expressions.grammar import REMOVED_TAGS, TAGS
from runtime.expressions.problems import TemplateProblemError, nearest


class DialectParser(ExpressionParser, Parser):
    """One template; `parse()` gives its tree or raises `TemplateProblemError`."""

    def __init__(self, environment: Environment, dialect: Dialect, source: str) -> None:
        Parser.__init__(self, environment, source)
        self.dialect = dialect
        self.source = source
        self.locals: list[frozenset[str]] = [frozenset()]
        self.depth = 0
        self.macros: dict[str, nodes.Macro] = {}
        self.blocks: dict[str, nodes.Macro] = {}
        self.calls: list[tuple[str, int, int]] = []
        self.used_blocks: set[str] = set()

    def parse(self) -> nodes.Template:
        """The whole template; macros first, so that they can be called before they are written."""
        body = self.subparse()
        for name, line, column in self.calls:
            if name not in self.macros and name not in self.blocks:
                self.refuse_call(name, line, column)
        blocks = [macro for name, macro in self.blocks.items() if name in self.used_blocks]
        template = nodes.Template([*self.macros.values(), *blocks, *body], lineno=1)
        return template.set_environment(self.environment)  # type: ignore[return-value]  # itself

    def refuse_call(self, name: str, line: int, column: int) -> NoReturn:
        message = f"there is no function or macro `{name}`"
        hint = nearest(name, [*self.dialect.functions, *self.macros])
        if name.startswith("block__"):
            message, hint = f"there is no block `{name.removeprefix('block__')}`", ""
        raise TemplateProblemError(message, line, column, hint)

    def subparse(self, end_tokens: tuple[str, ...] | None = None) -> list[nodes.Node]:
        """Text and tags up to one of the end tags, which stays unread, or to the end."""
        body: list[nodes.Node] = []
        while self.stream:
            token = self.stream.current
            if token.type == "block_begin":
                next(self.stream)
                if end_tokens is not None and self.stream.current.test_any(*end_tokens):
                    return body
                body.extend(self.parse_tag())
                self.expect("block_end")
            else:
                body.append(nodes.Output([self.parse_piece()], lineno=token.lineno))
        if end_tokens is not None:
            names = " or ".join(f"`{{% {t.removeprefix('name:')} %}}`" for t in end_tokens)
            self.fail(f"the template ends, but {names} is missing")
        return body

    def parse_piece(self) -> nodes.Expr:
        """One printed thing: text, raw text or `{{ expression }}`."""
        token = next(self.stream)
        if token.type == "data":
            return nodes.TemplateData(token.value, lineno=token.lineno)
        if token.type == "raw_data":
            text = nodes.Const(token.value, lineno=token.lineno)
            return internal("x_raw", [text], lineno=token.lineno)
        if self.stream.current.type == "variable_end":
            self.fail("there is no expression between `{{` and `}}`")
        expression = self.parse_expression()
        self.expect("variable_end")
        return expression

    def parse_tag(self) -> list[nodes.Node]:
        """One `{% tag %}` with all that belongs to it."""
        token = self.expect("name")
        match token.value:
            case "if":
                return [self.parse_if_tag(token.lineno)]
            case "for":
                return [self.parse_for_tag(token.lineno)]
            case "set":
                return [self.parse_set_tag(token.lineno)]
            case "filter":
                return [self.parse_filter_tag(token.lineno)]
            case "macro":
                self.parse_macro_tag(token.lineno)
                return []
            case "block":
                return self.parse_block_tag(token.lineno)
        line, column = place(self.source, token)
        message = f"there is no tag `{token.value}`"
        hint = nearest(token.value, TAGS)
        if token.value in REMOVED_TAGS:
            message = f"the tag `{token.value}` is not available in flows"
        elif token.value.startswith(("end", "else")):
            message, hint = f"`{{% {token.value} %}}` has no beginning", ""
        raise TemplateProblemError(message, line, column, hint)

    def parse_if_tag(self, line: int) -> nodes.If:
        """`{% if a %} {% elseif b %} {% else %} {% endif %}`; null is no condition here."""
        ends = ("name:elseif", "name:elif", "name:else", "name:endif")
        root = nodes.If(self.parse_if_condition(), [], [], [], lineno=line)
        branch = root
        while True:
            branch.body = self.parse_body(ends)
            token = next(self.stream)
            if token.value in ("elseif", "elif"):
                branch = nodes.If(self.parse_if_condition(), [], [], [], lineno=token.lineno)
                root.elif_.append(branch)
                continue
            if token.value == "else":
                root.else_ = self.parse_body(("name:endif",))
                next(self.stream)
            return root

    def parse_if_condition(self) -> nodes.Expr:
        return self.condition(self.parse_expression(), "x_holds")

    def parse_for_tag(self, line: int) -> nodes.For:
        """`{% for item in items %} … {% else %} … {% endfor %}`."""
        target = self.parse_new_name()
        self.expect("name:in")
        items = internal("x_each", [self.parse_expression()], lineno=line)
        with self.scope(target, "loop"):
            body = self.parse_body(("name:endfor", "name:else"))
        otherwise: list[nodes.Node] = []
        if next(self.stream).value == "else":
            otherwise = self.parse_body(("name:endfor",))
            next(self.stream)
        name = nodes.Name(target, "store", lineno=line)
        return nodes.For(name, items, body, otherwise, None, False, lineno=line)

    def parse_set_tag(self, line: int) -> nodes.Node:
        """`{% set name = value %}`: like Pebble it changes the outer variable from inside loops."""
        name = self.parse_new_name()
        self.expect("assign")
        value = self.parse_expression()
        if name in self.locals[-1]:
            return nodes.Assign(nodes.Name(name, "store", lineno=line), value, lineno=line)
        target = nodes.Const(name, lineno=line)
        return nodes.ExprStmt(internal("x_set", [target, value], lineno=line), lineno=line)

    def parse_filter_tag(self, line: int) -> nodes.FilterBlock:
        """`{% filter upper | trim %} … {% endfilter %}`."""
        chain = self.parse_filter_call(None)
        while self.stream.current.type == "pipe":
            next(self.stream)
            chain = self.parse_filter_call(chain)
        body = self.parse_body(("name:endfilter",))
        next(self.stream)
        return nodes.FilterBlock(body, chain, lineno=line)

    def parse_macro_tag(self, line: int) -> None:
        """`{% macro name(a, b='x') %} … {% endmacro %}`; a missing argument is null."""
        name = self.parse_new_name()
        parameters: list[str] = []
        defaults: list[nodes.Expr] = []
        self.expect("lparen")
        while self.stream.current.type != "rparen":
            if parameters:
                self.expect("comma")
            parameters.append(self.parse_new_name())
            if self.stream.skip_if("assign"):
                defaults.append(self.parse_expression())
            elif defaults:
                defaults.append(nodes.Const(None, lineno=line))
        self.expect("rparen")
        self.macros[name] = self.parse_macro_body(name, parameters, defaults, line)

    def parse_macro_body(
        self, name: str, parameters: list[str], defaults: list[nodes.Expr], line: int
    ) -> nodes.Macro:
        self.locals.append(frozenset(parameters))
        body = self.parse_body(("name:endmacro",))
        next(self.stream)
        self.stream.skip_if(f"name:{name}")
        self.locals.pop()
        arguments = [nodes.Name(p, "param", lineno=line) for p in parameters]
        return nodes.Macro(name, arguments, defaults, body, lineno=line)

    def parse_block_tag(self, line: int) -> list[nodes.Node]:
        """`{% block name %} … {% endblock %}`: printed here, and again by `block('name')`."""
        token = self.stream.current
        name = next(self.stream).value if token.type in ("name", "string") else ""
        if not name.isidentifier():
            self.stop("a block needs a name of letters, digits and `_`", token)
        body = self.parse_body(("name:endblock",))
        next(self.stream)
        if not self.stream.skip_if(f"name:{name}"):
            self.stream.skip_if(f"string:{name}")
        inner = f"block__{name}"
        self.blocks[inner] = nodes.Macro(inner, [], [], body, lineno=line)
        return [nodes.Scope(body, lineno=line)]

    def parse_body(self, ends: tuple[str, ...]) -> list[nodes.Node]:
        self.expect("block_end")
        with self.nested():
            return self.subparse(ends)

    @contextmanager
    def scope(self, *names: str) -> Iterator[None]:
        """Names that are loop variables while this lasts."""
        self.locals.append(self.locals[-1] | set(names))
        yield
        self.locals.pop()

    def fail(self, msg: str, lineno: int | None = None, exc: object = None) -> NoReturn:
        """Refuse the template at the current token."""
        line, column = place(self.source, self.stream.current)
        raise TemplateProblemError(msg, lineno or line, column)
