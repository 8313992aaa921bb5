"""``newsparse_lemmatizer``: lemmas by the token's tag, as Universal Dependencies has them.

spaCy's English lemmatizer looks words up by part of speech alone, in small letters. The tag also tells *her* (she) from
*her* (her), *'s* (be) from *'s* (have), and names, which keep their capital: *United*, *States* (State).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from spacy.errors import Errors
from spacy.lang.en.lemmatizer import EnglishLemmatizer
from spacy.language import Language
from spacy.pipeline.lemmatizer import lemmatizer_score
from spacy.tokens import Token
from spacy.vocab import Vocab

TAGGED = "lemma_tagged"
"""Name of the table of learned lemmas: tag → form (as written, or in small letters) → lemma."""

# The part of speech whose endings a tag takes off. All other tags are those of base forms.
_INFLECTED = {
    **dict.fromkeys(("NNS", "NNPS"), "noun"),
    **dict.fromkeys(("VBD", "VBG", "VBN", "VBZ"), "verb"),
    **dict.fromkeys(("JJR", "JJS", "RBR", "RBS"), "adj"),
}
NAMES = frozenset({"NNP", "NNPS"})
"""Tags of words that are learned as they are written; of all others, small letters stand for every spelling."""
_VERBATIM = frozenset({"ADD", "FW"})
# Adjectives of peoples, places and persons, which keep their capital: Peruvian, Lebanese, Danish.
_PROPER_ADJECTIVE = re.compile(r"(?:an|ese|ish|i)$")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")
_ROMAN = re.compile(r"[IVXLCDM]+$")


class NewsLemmatizer(EnglishLemmatizer):
    """Sets ``token.lemma_`` from tag and form, by learned exceptions first, then by rules and tables."""

    def __init__(
        self,
        vocab: Vocab,
        model: None,
        name: str = "lemmatizer",
        *,
        mode: str = "rule",
        overwrite: bool = True,
        scorer: Callable[..., dict[str, Any]] | None = lemmatizer_score,
    ) -> None:
        super().__init__(vocab, model, name, mode=mode, overwrite=overwrite, scorer=scorer)
        self.cache: dict[tuple[int, int, int], list[str]] = {}
        self.known: dict[str, frozenset[str]] = {}

    @classmethod
    def get_lookups_config(cls, mode: str) -> tuple[list[str], list[str]]:
        """Return the names of the required and of the optional tables."""
        return ["lemma_rules"], ["lemma_exc", "lemma_index", TAGGED]

    def _validate_tables(self, error_message: str = Errors.E912) -> None:
        """Make sets of the lists of known words, whenever tables were read."""
        super()._validate_tables(error_message)
        index = self.lookups.get_table("lemma_index", {})
        self.known = {kind: frozenset(index.get(kind, ())) for kind in set(_INFLECTED.values())}
        self.cache = {}

    def rule_lemmatize(self, token: Token) -> list[str]:
        """Return the lemma of a token, in a list of one."""
        key = (token.orth, token.tag, token.pos)
        if key not in self.cache:
            form = straight(token.text)
            self.cache[key] = [self.learned(token.tag_, form) or self.regular(token.tag_, token.pos_, form)]
        return self.cache[key]

    def learned(self, tag: str, form: str) -> str | None:
        """Return the lemma that the treebanks give a form under its tag, if rules would get it wrong."""
        forms: dict[str, str] = self.lookups.get_table(TAGGED, {}).get(tag, {})
        return forms.get(form) or (None if tag in NAMES else forms.get(form.lower()))

    def regular(self, tag: str, pos: str, form: str) -> str:
        """Return the lemma that rules and tables give."""
        kind = "verb" if tag == "NNP" and pos == "VERB" else _INFLECTED.get(tag)
        lemma = self.uninflected(form.lower(), kind) if kind else form.lower()
        if tag == "CD":
            return form if _ROMAN.match(form) else _THOUSANDS.sub("", lemma)
        if tag in _VERBATIM or (tag in NAMES and not kind):
            return form
        if tag in NAMES or self._keeps_capitals(tag, form):
            return _in_case_of(form, lemma)
        return lemma

    def uninflected(self, word: str, kind: str) -> str:
        """Take the ending off a word in small letters; ``kind`` is its part of speech as the tables name it."""
        exceptions = self.lookups.get_table("lemma_exc", {}).get(kind, {})
        if word in exceptions:
            return str(exceptions[word][0])
        rules = self.lookups.get_table("lemma_rules").get(kind, ())
        stems: list[str] = [
            word[: len(word) - len(old)] + new for old, new in rules if word.endswith(old) and word != old
        ]
        known = [stem for stem in stems if stem in self.known.get(kind, ())]
        return (known[-1:] or stems[:1] or [word])[0]

    def _keeps_capitals(self, tag: str, form: str) -> bool:
        """Whether a form that is tagged as a common word is written as a name or an abbreviation all the same."""
        if tag == "JJ":
            return form.istitle() and bool(_PROPER_ADJECTIVE.search(form))
        if tag in {"NN", "NNS"}:
            return form.rstrip("s").isupper() and form.lower() not in self.known.get("noun", ())
        return False


def straight(form: str) -> str:
    """Return a form with the typewriter's apostrophe, which the tables have."""
    return form.replace("’", "'")


def _in_case_of(form: str, lemma: str) -> str:
    """Write a lemma in the capitals of its form: in all of them, or letter by letter as far as the two agree."""
    if form.isupper():
        return lemma.upper()
    return "".join(old if old.lower() == new else new for old, new in zip(form.ljust(len(lemma)), lemma, strict=False))


@Language.factory(
    "newsparse_lemmatizer",
    assigns=["token.lemma"],
    requires=["token.tag", "token.pos"],
    default_config={"overwrite": True},
    default_score_weights={"lemma_acc": 1.0},
)
def make_lemmatizer(nlp: Language, name: str, overwrite: bool) -> NewsLemmatizer:  # spaCy's interface
    """Make the component."""
    return NewsLemmatizer(nlp.vocab, None, name, overwrite=overwrite)
