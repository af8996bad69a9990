"""What a text plainly has too much of, seen before anything is built of it.

A tokeniser for GraphQL in Python spends some microseconds on each token, and a parser as much again. This one finds
tokens by one regular expression, no more of them than there may be, and counts what can be counted without
understanding: what a definition holds by itself is never more than what it stands for. So nothing is refused here that
`server.limits.measure` would let through, and a text that is wrong is told so by the parser.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import islice

from graphql import GraphQLSyntaxError, Source

from server.limits import Limits

MOST_DIGITS = 40
MOST_NAME = 100

# Every branch that begins also ends, if need be at the end of the text, so that no character is looked at often.
TOKEN = re.compile(
    r'"""(?:[^"\\]|\\"""|\\|"(?!""))*+(?:"""|\Z)'
    r'|"(?:[^"\\\n\r]|\\.)*+"?'
    r"|\#[^\n\r]*+"
    r"|[_A-Za-z][_0-9A-Za-z]*+"
    r"|-?[0-9][0-9.eE+\-]*+"
    r"|\.\.\."
    r"|[^\s,\ufeff]"
)
OPENING, CLOSING = frozenset("{[("), frozenset("}])")


def check_text(text: str, limits: Limits) -> None:
    """Refuses a text of too many, too deep or monstrous tokens before a parser builds anything of it."""
    limits.check("length", len(text))
    found = list(islice(TOKEN.finditer(text), limits.tokens + 1))
    limits.check("tokens", len(found))
    tokens = [each[0] for each in found]
    for token, where in zip(tokens, found, strict=True):
        if len(token) > MOST_DIGITS:
            _check_length(token, text, where.start())
    _Skim(limits).read([token for token in tokens if token[0] != "#"])


def _check_length(token: str, text: str, start: int) -> None:
    if token[0] in "-0123456789":
        raise GraphQLSyntaxError(Source(text), start, "Number has too many digits.")
    if len(token) > MOST_NAME and (token[0] == "_" or token[0].isalpha()):
        raise GraphQLSyntaxError(Source(text), start, "Name is too long.")


@dataclass
class _Selection:
    """The fields between two braces, by the name they answer to; whether these are the roots of an operation."""

    roots: bool
    names: Counter[str] = field(default_factory=Counter)


class _Skim:
    """One pass over the tokens, with the definition it stands in."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._open = 0
        # Those among the open brackets that hold selections; the outermost first, and no value holds one.
        self._selections: list[_Selection] = []
        self._operations = 0
        self._is_fragment = False
        # Of one definition.
        self._fields = self._aliases = self._directives = 0
        # The next name is none of a field's.
        self._other = False

    def read(self, tokens: list[str]) -> None:
        for before, token, after in zip(["", *tokens], tokens, [*tokens[1:], ""], strict=False):
            if token in OPENING:
                self._enter(token)
            elif token in CLOSING:
                self._leave()
            elif token == "@":
                self._directives += 1
                self._other = True
                self._limits.check("directives", self._directives)
            elif not self._open:
                self._is_fragment |= token == "fragment"
            elif len(self._selections) == self._open:
                self._select(token, before, after)

    def _enter(self, bracket: str) -> None:
        if bracket == "{" and len(self._selections) == self._open:
            roots = not self._open and not self._is_fragment
            self._operations += roots
            self._limits.check("operations", self._operations)
            self._selections.append(_Selection(roots))
        self._open += 1
        self._other = False
        self._limits.check("nesting", self._open)

    def _leave(self) -> None:
        was_selection = self._open and len(self._selections) == self._open
        self._open = max(0, self._open - 1)
        if was_selection:
            self._selections.pop()
            if not self._open:  # the definition is over
                self._is_fragment = False
                self._fields = self._aliases = self._directives = 0

    def _select(self, token: str, before: str, after: str) -> None:
        """What stands in a selection: fields, aliases, the names of fragments, types and directives."""
        if token in (":", "..."):
            self._other = True
        elif self._other:
            self._other = token == "on" and before == "..."
        elif token.isidentifier():
            self._field(token, after)

    def _field(self, name: str, after: str) -> None:
        selection = self._selections[-1]
        selection.names[name] += 1
        self._fields += 1
        self._aliases += after == ":"
        self._limits.check("repeats", selection.names[name])
        self._limits.check("fields", self._fields)
        self._limits.check("aliases", self._aliases)
        if selection.roots:
            self._limits.check("roots", selection.names.total())
