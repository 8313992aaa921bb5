"""Finding time expressions in text: words become symbols, patterns run over the symbols.

Each word has the set of symbols that it can stand for (``May`` is a MONTH, ``second`` a UNIT and an ORD), each
such set is one character, and the text becomes a string of these characters. The patterns of ``times.yaml``
are regular expressions over that string, as in SUTime (Chang and Manning 2012), so that spelling, hyphens
and tokenisation do not concern them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from newsparse.rules.reader import Node, read_yaml

_FILE = "times.yaml"
_FIRST_CODE = 0xE000
"""Symbol sets are numbered from the private use area of Unicode, which no regular expression treats specially."""
_PATTERN_TOKEN = re.compile(r"\{(?P<macro>\w+)\}|(?P<name>\w+)=|(?P<symbol>\w+)|(?P<operator>[()|?])|\s+|(?P<odd>.)")
_NUMBER_END = r"(?![\w]|[.,/:]\d)|(?=[ap]\.?m\b)"
_PUNCTUATION = {",": "COMMA", ".": "DOT", "-": "HYPHEN", "–": "HYPHEN", "‐": "HYPHEN", "‑": "HYPHEN"}
_MAX_MACRO_DEPTH = 8
_CURRENCY = frozenset("$£€¥#")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the text at code points ``start`` to ``end``, with its value for every symbol it can stand for."""

    start: int
    end: int
    text: str
    symbols: tuple[tuple[str, str], ...]

    def value(self, symbol: str) -> str:
        """What the word means as ``symbol``: ``"5"`` for ``May`` as MONTH; its own text if nothing else is known."""
        return next((value for name, value in self.symbols if name == symbol and value), self.text)


@dataclass(frozen=True, slots=True)
class Found:
    """A match: code points ``start`` to ``end``, the value function and what it is to work with.

    ``words`` maps the names in the pattern to the values of the words, joined by spaces. ``first`` and
    ``last`` are the indexes of the words it covers.
    """

    start: int
    end: int
    rule: str
    words: dict[str, str]
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _Pattern:
    function: str
    regex: re.Pattern[str]
    groups: tuple[tuple[str, str | None], ...]
    skip: int
    drop: int


@dataclass(frozen=True, slots=True)
class Grammar:
    """The compiled ``times.yaml``."""

    scanner: re.Pattern[str]
    shapes: tuple[tuple[tuple[str, str], ...], ...]
    words: dict[str, tuple[tuple[str, str], ...]]
    capitalised: frozenset[str]
    codes: dict[frozenset[str], str]
    patterns: tuple[_Pattern, ...]

    def scan(self, text: str) -> list[Word]:
        """The words, numbers, punctuation marks and line breaks of a text."""
        return [self._word(match) for match in self.scanner.finditer(text)]

    def _word(self, match: re.Match[str]) -> Word:
        kind, text = match.lastgroup or "", match.group()
        if kind == "word":
            symbols = self.words.get(text.lower(), ())
            if symbols and text[0].islower():
                symbols = tuple(item for item in symbols if item[0] not in self.capitalised)
        elif kind == "mark":
            symbols = ((_PUNCTUATION[text], ""),) if text in _PUNCTUATION else ()
        elif kind == "possessive":
            symbols = (("POSS", ""),)
        elif kind.startswith("shape"):
            symbols = self.shapes[int(kind[5:])]
        else:
            symbols = ()
        return Word(match.start(), match.end(), text, symbols)

    def encode(self, words: list[Word]) -> str:
        """The words as a string of one character each."""
        other = self.codes[frozenset()]
        return "".join(self.codes.get(frozenset(name for name, _ in word.symbols), other) for word in words)

    def find(self, text: str) -> list[Found]:
        """All time expressions of a text, in its order, none overlapping another; the longest ones win."""
        words = self.scan(text)
        code = self.encode(words)
        matches: list[tuple[int, int, int, re.Match[str]]] = []
        for rank, pattern in enumerate(self.patterns):
            matches += [
                (m.start() + pattern.skip, pattern.drop - m.end(), rank, m) for m in pattern.regex.finditer(code)
            ]
        matches.sort(key=lambda item: item[:3])
        found, end = [], 0
        for start, minus_end, rank, match in matches:
            if start >= end and not _is_amount(words, start):
                end = -minus_end
                found.append(_found(self.patterns[rank], match, words, start, end))
        return found


def _is_amount(words: list[Word], start: int) -> bool:
    """Whether the number at ``start`` is an amount of money or such (``$2000``)."""
    return start > 0 and words[start - 1].text in _CURRENCY and words[start - 1].end == words[start].start


def _found(pattern: _Pattern, match: re.Match[str], words: list[Word], start: int, end: int) -> Found:
    values: dict[str, str] = {}
    for number, (name, symbol) in enumerate(pattern.groups):
        first, last = match.span(f"g{number}")
        if first >= 0:
            covered = words[first:last]
            values[name] = " ".join(w.value(symbol) if symbol else w.text for w in covered)
    return Found(words[start].start, words[end - 1].end, pattern.function, values, start, end - 1)


@cache
def grammar() -> Grammar:
    """The built-in grammar of time expressions.

    Raises:
        RulesError: ``times.yaml`` is malformed.
    """
    text = files("newsparse.rules").joinpath(_FILE).read_text(encoding="utf-8")
    return read_grammar(read_yaml(text, _FILE))


def read_grammar(root: Node) -> Grammar:
    """Compile a grammar of time expressions.

    Raises:
        RulesError: an unknown key, symbol or macro, or a pattern that is no pattern.
    """
    fields = root.fields(frozenset({"words", "shapes", "capitalised", "macros", "patterns"}))
    words = _read_words(fields["words"])
    capitalised = frozenset(fields["capitalised"].strings())
    shapes = [node.fields(frozenset({"symbols", "shape"})) for node in fields["shapes"].elements()]
    shape_symbols = tuple(tuple((name, "") for name in shape["symbols"].strings()) for shape in shapes)
    sets = {frozenset(), frozenset({"POSS"}), *(frozenset({name}) for name in _PUNCTUATION.values())}
    sets |= {frozenset(name for name, _ in symbols) for symbols in (*words.values(), *shape_symbols)}
    sets |= {frozenset(known - capitalised) for known in sets}
    codes = {known: chr(_FIRST_CODE + i) for i, known in enumerate(sorted(sets, key=sorted))}
    macros = {name: node.string() for name, node in fields["macros"].items()}
    patterns = tuple(_read_pattern(node, codes, macros) for node in fields["patterns"].elements())
    scanner = _scanner([shape["shape"].string() for shape in shapes])
    return Grammar(scanner, shape_symbols, words, capitalised, codes, patterns)


def _read_words(node: Node) -> dict[str, tuple[tuple[str, str], ...]]:
    words: dict[str, dict[str, str]] = {}
    for symbol, values in node.items():
        for value, spellings in values.items():
            for word in spellings.strings():
                words.setdefault(word, {})[symbol] = value
    return {word: tuple(symbols.items()) for word, symbols in words.items()}


def _scanner(shapes: list[str]) -> re.Pattern[str]:
    numbers = "|".join(rf"(?P<shape{i}>(?<![\w])(?:{shape})(?:{_NUMBER_END}))" for i, shape in enumerate(shapes))
    return re.compile(
        rf"{numbers}|(?P<possessive>['’]s\b)|(?P<number>\d[\w.,/:]*)|(?P<word>[ap]\.m\b|o['’]clock|[^\W\d_]+)"
        r"|(?P<newline>\n)|(?P<mark>[^\w\s]|_)",
        re.IGNORECASE,
    )


def _read_pattern(node: Node, codes: dict[frozenset[str], str], macros: dict[str, str]) -> _Pattern:
    fields = node.fields(frozenset({"value", "pattern", "skip", "drop"}))
    groups: list[tuple[str, str | None]] = []
    source = fields["pattern"]
    try:
        regex = re.compile("".join(_translate(source.string(), codes, macros, groups)))
    except (re.error, KeyError) as error:
        raise source.error(f"bad pattern: {error}") from None
    skip, drop = (int(fields[key].number()) if key in fields else 0 for key in ("skip", "drop"))
    return _Pattern(fields["value"].string(), regex, tuple(groups), skip, drop)


def _translate(
    pattern: str, codes: dict[frozenset[str], str], macros: dict[str, str], groups: list[tuple[str, str | None]]
) -> Iterator[str]:
    """Turn a pattern into the source of a regular expression over codes; note its named groups in ``groups``."""
    name: str | None = None
    for token in _PATTERN_TOKEN.finditer(_expand(pattern, macros)):
        symbol, operator = token["symbol"], token["operator"]
        if token["odd"] or token["macro"]:
            raise KeyError(token.group())
        if token["name"]:
            name = token["name"]
        elif symbol:
            yield _named(groups, name, symbol, _any_of(symbol, codes))
            name = None
        elif operator == "(":
            yield "(?:" if name is None else f"(?P<g{len(groups)}>"
            if name is not None:
                groups.append((name, None))
            name = None
        elif operator:
            yield operator


def _named(groups: list[tuple[str, str | None]], name: str | None, symbol: str, source: str) -> str:
    if name is None:
        return source
    groups.append((name, symbol))
    return f"(?P<g{len(groups) - 1}>{source})"


def _any_of(symbol: str, codes: dict[frozenset[str], str]) -> str:
    fitting = "".join(code for known, code in codes.items() if symbol in known)
    if not fitting:
        raise KeyError(f"unknown symbol {symbol}")
    return f"[{fitting}]"


def _expand(pattern: str, macros: dict[str, str]) -> str:
    for _ in range(_MAX_MACRO_DEPTH):
        expanded = re.sub(r"\{(\w+)\}", lambda match: macros[match[1]], pattern)
        if expanded == pattern:
            return pattern
        pattern = expanded
    raise KeyError("a macro that contains itself")
