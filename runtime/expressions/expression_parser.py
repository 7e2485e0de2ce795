"""What stands between `{{` and `}}`: precedence climbing over Jinja's token stream."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from inspect import Signature
from typing import NoReturn

from jinja2 import nodes
from jinja2.lexer import Token, TokenStream, describe_token, describe_token_expr

from runtime.expressions.dialect import Dialect
from runtime.expressions.grammar import (
    BINARY,
    CONDITIONS,
    CONSTANTS,
    FILTER_LEVEL,
    TEST_LEVEL,
    UNARY_LEVEL,
)
from runtime.expressions.lexer import OPERATORS
from runtime.expressions.limits import LIMITS
from runtime.expressions.names import argument_name, parameter_name
from runtime.expressions.problems import TemplateProblemError, nearest

_SYMBOLS = {kind: symbol for symbol, kind in OPERATORS.items()}


def internal(name: str, arguments: Sequence[nodes.Expr], lineno: int) -> nodes.Call:
    """A call of one of our own functions, which no template can name."""
    target = object.__new__(nodes.InternalName)
    nodes.Node.__init__(target, name, lineno=lineno)
    return nodes.Call(target, list(arguments), [], None, None, lineno=lineno)


def internal_name(node: nodes.Node) -> str:
    """The name of our own function that this node calls, if it calls one."""
    if isinstance(node, nodes.Call) and isinstance(node.node, nodes.InternalName):
        return str(node.node.name)
    return ""


def constant(node: nodes.Node) -> str | int:
    """The value of a literal key or name."""
    return node.value if isinstance(node, nodes.Const) else ""


def place(source: str, token: Token) -> tuple[int, int]:
    """Line and column of a token, from 1."""
    offset = getattr(token, "offset", len(source))
    line_start = source.rfind("\n", 0, offset) + 1
    return source.count("\n", 0, offset) + 1, offset - line_start + 1


def _describe(token: Token) -> str:
    if token.type == "eof":
        return "the end of the template"
    if token.type in ("name", "string", "integer", "float"):
        return f"`{token.value}`"
    return f"`{_SYMBOLS.get(token.type) or describe_token(token)}`"


class ExpressionParser:
    """The expressions of one template; the tags are in `DialectParser`."""

    stream: TokenStream
    dialect: Dialect
    source: str
    locals: list[frozenset[str]]
    depth: int
    calls: list[tuple[str, int, int]]
    used_blocks: set[str]

    def parse_expression(self, with_condexpr: bool = True) -> nodes.Expr:
        """A whole expression, `condition ? a : b` included."""
        with self.nested():
            expression = self.parse_binary(0)
            if not self.stream.skip_if("question"):
                return expression
            line = self.stream.current.lineno
            chosen = self.parse_expression()
            self.expect("colon")
            otherwise = self.parse_expression()
            test = self.condition(expression)
            return nodes.CondExpr(test, chosen, otherwise, lineno=line)

    def parse_binary(self, level: int) -> nodes.Expr:
        """Operators that bind at least as tightly as `level`."""
        with self.nested():
            left = self.parse_unary()
            operands = 0
            while True:
                operands += 1
                if operands > LIMITS.expression_depth:
                    self.fail("the expression is too long: write it in several `{% set %}`")
                following = self.parse_operator(left, level)
                if following is None:
                    return left
                left = following

    def parse_operator(self, left: nodes.Expr, level: int) -> nodes.Expr | None:
        """The operator after `left` with its right side; None when it binds less than `level`."""
        token = self.stream.current
        kind = f"name:{token.value}" if token.type == "name" else token.type
        if kind == "pipe" and level <= FILTER_LEVEL:
            next(self.stream)
            return self.parse_filter_call(left)
        if kind == "name:is" and level <= TEST_LEVEL:
            next(self.stream)
            return self.parse_test_call(left)
        words = self.words_of_not_in(kind)
        if words and level <= TEST_LEVEL:
            self.stream.skip(words)
            right = self.parse_binary(TEST_LEVEL + 1)
            return nodes.Not(internal("x_in", [left, right], token.lineno), lineno=token.lineno)
        operator = BINARY.get(kind)
        if operator is None or operator[0] < level:
            return None
        next(self.stream)
        right = self.parse_binary(operator[0] + 1)
        return self.combine(operator[1], left, right, token.lineno)

    def words_of_not_in(self, kind: str) -> int:
        """How many words say `not in` here: `not in` two, `isNotIn` one."""
        if kind == "name:isNotIn":
            return 1
        return 2 if kind == "name:not" and self.stream.look().test("name:in") else 0

    def combine(self, name: str, left: nodes.Expr, right: nodes.Expr, line: int) -> nodes.Expr:
        if name == "and":
            return nodes.And(self.condition(left), self.condition(right), lineno=line)
        if name == "or":
            return nodes.Or(self.condition(left), self.condition(right), lineno=line)
        return internal(name, [left, right], line)

    def condition(self, node: nodes.Expr, convert: str = "x_truth") -> nodes.Expr:
        """The node as true or false."""
        if isinstance(node, nodes.And | nodes.Or | nodes.Not | nodes.Test) or (
            isinstance(node, nodes.Call) and internal_name(node) in CONDITIONS
        ):
            return node
        return internal(convert, [node], node.lineno)

    def parse_unary(self, with_filter: bool = True) -> nodes.Expr:
        token = self.stream.current
        if token.test("name:not"):
            next(self.stream)
            operand = self.condition(self.parse_binary(UNARY_LEVEL))
            return nodes.Not(operand, lineno=token.lineno)
        if token.type in ("sub", "add"):
            next(self.stream)
            name = "x_negative" if token.type == "sub" else "x_positive"
            return internal(name, [self.parse_binary(UNARY_LEVEL)], token.lineno)
        return self.parse_postfix(self.parse_primary())

    def parse_primary(self, with_namespace: bool = False) -> nodes.Expr:
        token = next(self.stream)
        match token.type:
            case "string":
                return nodes.Const(token.value, lineno=token.lineno)
            case "integer" | "float":
                return nodes.Const(token.value, lineno=token.lineno)
            case "name":
                return self.parse_name(token)
            case "lparen":
                inner = self.parse_expression()
                self.expect("rparen")
                return inner
            case "lbracket":
                return self.parse_list_literal(token.lineno)
            case "lbrace":
                return self.parse_map_literal(token.lineno)
        return self.stop(f"expected a value, found {_describe(token)}", token)

    def parse_name(self, token: Token) -> nodes.Expr:
        if token.value in CONSTANTS:
            return nodes.Const(CONSTANTS[token.value], lineno=token.lineno)
        if self.stream.current.type == "lparen":
            return self.parse_function_call(token)
        if token.value in self.locals[-1]:
            return nodes.Name(token.value, "load", lineno=token.lineno)
        name = nodes.Const(token.value, lineno=token.lineno)
        return internal("x_lookup", [name], token.lineno)

    def parse_list_literal(self, line: int) -> nodes.List:
        items: list[nodes.Expr] = []
        while self.stream.current.type != "rbracket":
            if items:
                self.expect("comma")
            items.append(self.parse_expression())
        self.expect("rbracket")
        return nodes.List(items, lineno=line)

    def parse_map_literal(self, line: int) -> nodes.Dict:
        pairs: list[nodes.Pair] = []
        while self.stream.current.type != "rbrace":
            if pairs:
                self.expect("comma")
            key = internal("x_key", [self.parse_expression()], line)
            self.expect("colon")
            pairs.append(nodes.Pair(key, self.parse_expression(), lineno=line))
        self.expect("rbrace")
        return nodes.Dict(pairs, lineno=line)

    def parse_postfix(self, node: nodes.Expr) -> nodes.Expr:
        """`.name`, `[expression]`; a call of anything but a function's name is refused."""
        links = 0
        while self.stream.current.type in ("dot", "lbracket", "lparen"):
            token = next(self.stream)
            links += 1
            if links > LIMITS.expression_depth:
                self.stop("the path is too long", token)
            if token.type == "lparen":
                self.stop("a value cannot be called", token, "Use a filter, such as `| length`.")
            if token.type == "lbracket":
                node = internal("x_item", [node, self.parse_expression()], token.lineno)
                self.expect("rbracket")
                continue
            name = next(self.stream)
            if name.type not in ("name", "integer"):
                self.stop(f"expected a name after the dot, found {_describe(name)}", name)
            key = nodes.Const(name.value, lineno=name.lineno)
            node = internal("x_item", [node, key], token.lineno)
        return node

    def parse_function_call(self, token: Token) -> nodes.Expr:
        line, column = place(self.source, token)
        arguments, keywords = self.parse_arguments()
        function = self.dialect.functions.get(token.value)
        if token.value == "block" and arguments and isinstance(arguments[0], nodes.Const):
            return self.parse_block_call(str(arguments[0].value), line, column)
        if function is None:
            self.calls.append((token.value, line, column))
            call = internal("x_macro", [nodes.Const(token.value), *arguments], token.lineno)
            call.kwargs = keywords
            return call
        self.check_arguments("function", token, arguments, keywords, function.signature)
        call = internal(f"f_{token.value}", arguments, token.lineno)
        call.kwargs = keywords
        return call

    def parse_block_call(self, block: str, line: int, column: int) -> nodes.Expr:
        name = f"block__{block}"
        self.used_blocks.add(name)
        self.calls.append((name, line, column))
        return internal("x_macro", [nodes.Const(name)], line)

    def parse_filter_call(self, node: nodes.Expr | None) -> nodes.Expr:
        """The name and arguments of a filter, after `|`."""
        token = self.expect("name")
        arguments, keywords = self.parse_optional_arguments()
        if token.value == "default" and node is not None:
            if len(arguments) + len(keywords) != 1:
                self.stop("the filter `default` takes one value", token)
            fallback = arguments[0] if arguments else keywords[0].value
            return internal("x_default", [node, fallback], token.lineno)
        operation = self.dialect.operations.get(token.value)
        if operation is None:
            hint = nearest(token.value, self.dialect.operations)
            self.stop(f"there is no filter `{token.value}`", token, hint)
        self.check_arguments("filter", token, arguments, keywords, operation.signature)
        return nodes.Filter(node, token.value, arguments, keywords, None, None, lineno=token.lineno)

    def parse_test_call(self, node: nodes.Expr) -> nodes.Expr:
        """`is [not] test(arguments)`."""
        negated = self.stream.skip_if("name:not")
        token = self.expect("name")
        arguments, keywords = self.parse_optional_arguments()
        test = self.dialect.predicates.get(token.value)
        if token.value == "defined":
            result: nodes.Expr = internal("x_is_defined", [node], token.lineno)
        elif test is None:
            hint = nearest(token.value, [*self.dialect.predicates, "defined"])
            self.stop(f"there is no test `{token.value}`", token, hint)
        else:
            self.check_arguments("test", token, arguments, keywords, test.signature)
            result = nodes.Test(
                node, token.value, arguments, keywords, None, None, lineno=token.lineno
            )
        return nodes.Not(result, lineno=token.lineno) if negated else result

    def parse_optional_arguments(self) -> tuple[list[nodes.Expr], list[nodes.Keyword]]:
        return self.parse_arguments() if self.stream.current.type == "lparen" else ([], [])

    def parse_arguments(self) -> tuple[list[nodes.Expr], list[nodes.Keyword]]:
        """`(a, b, name=c)`."""
        arguments: list[nodes.Expr] = []
        keywords: list[nodes.Keyword] = []
        opening = self.expect("lparen")
        while self.stream.current.type != "rparen":
            if arguments or keywords:
                self.expect("comma")
            token = self.stream.current
            if token.type == "name" and self.stream.look().type == "assign":
                self.stream.skip(2)
                key = parameter_name(token.value)
                keywords.append(nodes.Keyword(key, self.parse_expression(), lineno=token.lineno))
            elif keywords:
                self.stop("an argument without a name cannot follow one with a name", token)
            else:
                arguments.append(self.parse_expression())
        if len(arguments) + len(keywords) > LIMITS.expression_depth:
            self.stop("there are too many arguments", opening)
        self.expect("rparen")
        return arguments, keywords

    def check_arguments(
        self,
        what: str,
        token: Token,
        arguments: list[nodes.Expr],
        keywords: list[nodes.Keyword],
        signature: Signature,
    ) -> None:
        try:
            signature.bind(*arguments, **{k.key: k.value for k in keywords})
        except TypeError as error:
            known = ", ".join(map(argument_name, signature.parameters)) or "no arguments"
            self.stop(f"the {what} `{token.value}` takes {known}: {error}", token)

    def parse_new_name(self) -> str:
        """A name to be given a value."""
        token = self.expect("name")
        if token.value in CONSTANTS:
            self.stop(f"`{token.value}` cannot be given a value", token)
        return str(token.value)

    def expect(self, kind: str) -> Token:
        """The next token, which must be of this kind."""
        token = self.stream.current
        if not token.test(kind):
            wanted = _SYMBOLS.get(kind) or describe_token_expr(kind)
            wanted = {"variable_end": "}}", "block_end": "%}", "name": "a name"}.get(kind, wanted)
            self.stop(f"expected `{wanted}`, found {_describe(token)}", token)
        return next(self.stream)

    def stop(self, message: str, token: Token, hint: str = "") -> NoReturn:
        """Refuse the template at this token."""
        line, column = place(self.source, token)
        raise TemplateProblemError(message, line, column, hint)

    def fail(self, msg: str, lineno: int | None = None, exc: object = None) -> NoReturn:
        self.stop(msg, self.stream.current)

    @contextmanager
    def nested(self) -> Iterator[None]:
        """One level deeper; a template may not exhaust the stack of its parser."""
        self.depth += 1
        if self.depth > 2 * LIMITS.expression_depth:
            self.fail("the expression is nested too deeply")
        try:
            yield
        finally:
            self.depth -= 1
