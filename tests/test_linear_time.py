"""The components take time in proportion to the length of the article."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from itertools import islice, product

import pytest
import samples
import shipped
from spacy.tokens import Doc

from newsparse.pipeline import COMPONENTS

TIMES_LONGER = 4
AT_MOST = 6
"""Time of an article that is four times as long; a quadratic algorithm would take sixteen times as long."""

ROUNDS = 3
SYLLABLES = ("Bar", "cor", "dam", "fen", "gol", "han", "jor", "kel", "lin", "mor", "nes", "por", "ras", "sil", "tor")


def repeated(times: int) -> str:
    """The same people and things over and over: few entities with many mentions."""
    return "\n".join([shipped.article(slug).body for slug in samples.SLUGS[:3]] * times)


def renamed(times: int) -> str:
    """Other people and places each time: many entities with few mentions."""
    names = ("".join(syllables).capitalize() for syllables in product(SYLLABLES, repeat=3))
    story = shipped.article("philadelphia-arrest-database").body.replace("Jim Kenney", "Kenney")
    told = [
        story.replace("Kenney", name).replace("Philadelphia", f"{name}burg").replace("Pratt", f"{name}son")
        for name in islice(names, 5 * times)
    ]
    return "\n".join(told)


def parsed(text: str) -> bytes:
    """A document as the base pipeline leaves it."""
    nlp = shipped.extractor().nlp
    with nlp.select_pipes(disable=list(COMPONENTS)):
        doc = nlp(text)
    doc.user_data |= {"newsparse_published": "2018-07-27", "newsparse_title_end": 0}
    return doc.to_bytes()


def seconds(parse: bytes) -> dict[str, float]:
    """Processor time of each component on a document."""
    nlp = shipped.extractor().nlp
    doc = Doc(nlp.vocab).from_bytes(parse)
    taken = {}
    for name in COMPONENTS:
        gc.collect()
        start = time.process_time()
        doc = nlp.get_pipe(name)(doc)
        taken[name] = time.process_time() - start
    return taken


@pytest.mark.parametrize("text", [repeated, renamed])
def test_linear_time(text: Callable[[int], str]) -> None:
    parses = [parsed(text(1)), parsed(text(TIMES_LONGER))]
    rounds = [[seconds(parse) for parse in parses] for _ in range(ROUNDS)]  # taking turns, as other work disturbs
    short, long = ({name: min(each[i][name] for each in rounds) for name in COMPONENTS} for i in range(2))
    ratios = {name: round(long[name] / short[name], 1) for name in COMPONENTS}
    assert sum(long.values()) / sum(short.values()) < AT_MOST, ratios
