"""Assemble the shipped pipeline: ``python models/package.py EXPORTED SAMPLES PACKAGE``.

EXPORTED is the folder of ``export.py``, SAMPLES that of ``prepare.py``, PACKAGE the importable
package to write, ``models/en_newsparse`` in the repository; ``evaluate.py`` then adds the figures to its ``meta.json``.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import spacy
from numpy.typing import NDArray
from spacy.language import Language
from spacy.lookups import Lookups, load_lookups
from spacy.tokens import DocBin
from thinc.api import Model

from newsparse.pipeline.encoder.component import Encoder
from newsparse.pipeline.encoder.spans import SOFTMAX, SpanTagger
from newsparse.pipeline.lemmas.component import NAMES, TAGGED, NewsLemmatizer, straight
from newsparse.pipeline.parser.component import Parser, Weights
from newsparse.pipeline.roles.component import RolesComponent
from newsparse.pipeline.roles.likelihoods import Labels
from newsparse.pipeline.roles.weights import RoleWeights

NAME, VERSION = "newsparse", "0.3.0"
PACKAGE_SOURCE = '''"""The English pipeline of newsparse, as ``spacy.load("en_newsparse")`` finds it."""

from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.util import get_model_meta, load_model_from_init_py

__version__: str = get_model_meta(Path(__file__).parent)["version"]


def load(**overrides: Any) -> Language:
    """Load the pipeline; ``overrides`` are those of ``spacy.load``."""
    return load_model_from_init_py(__file__, **overrides)
'''
META: dict[str, Any] = {
    "lang": "en",
    "name": NAME,
    "version": VERSION,
    "spacy_version": ">=3.8.0,<3.9.0",
    "description": "English pipeline for news: tags, morphology, Universal Dependencies, lemmas, names.",
    "author": "newsparse developers",
    "email": "",
    "url": "",
    "license": "CC BY-SA 4.0",
    "sources": [
        {
            "name": "UD English EWT",
            "url": "https://universaldependencies.org/treebanks/en_ewt/",
            "author": "Universal Dependencies contributors",
            "license": "CC BY-SA 4.0",
        },
        {
            "name": "UD English GUM (genres under free licences)",
            "url": "https://universaldependencies.org/treebanks/en_gum/",
            "author": "Universal Dependencies contributors",
            "license": "CC BY-SA 4.0",
        },
        {
            "name": "Universal NER, English EWT",
            "url": "https://www.universalner.org/",
            "author": "Universal NER contributors",
            "license": "CC BY-SA 4.0",
        },
        {
            "name": "News articles annotated for newsparse",
            "url": "",
            "author": "newsparse developers",
            "license": "annotations only; none of the text is part of the pipeline",
        },
        {
            "name": "spacy-lookups-data (lemma tables from WordNet)",
            "url": "https://github.com/explosion/spacy-lookups-data",
            "author": "Explosion, Princeton University",
            "license": "MIT, WordNet 3.0 License",
        },
    ],
}
DOUBLING = re.compile(r"[^aeiou][aeiou][bdgklmnprt]$")
# What CoNLL-U writes where a word has no lemma.
UNKNOWN = "_"
# Tags of inflected verbs: WordNet knows the irregular ones better than a treebank, which may misspell a lemma for good.
VERB_FORMS = frozenset({"VBD", "VBG", "VBN", "VBZ"})
MIN_LEMMA_COUNT, MIN_LEMMA_SHARE = 3, 0.6


def lemma_tables() -> Lookups:
    """Load the published tables: rules, exceptions, and the index of known words for each part of speech."""
    return load_lookups("en", ["lemma_rules", "lemma_exc", "lemma_index"])


def keep_silent_e(tables: Lookups) -> int:
    """Take verbs out of the index whose presence costs another its ``-e``; return how many.

    ``fined`` is a form of *fine* only: *fin* doubles its consonant, as do all verbs that end in one vowel and one
    consonant. Its own forms are exceptions of the table or regular, so nothing is lost.
    """
    index = tables.get_table("lemma_index")
    known = set(index["verb"])
    index["verb"] = [verb for verb in index["verb"] if not (verb + "e" in known and DOUBLING.search(verb))]
    return len(known) - len(index["verb"])


def learn_lemmas(lemmatizer: NewsLemmatizer, corpora: Path) -> int:
    """Fill the table of lemmas by tag with what the treebanks show and the rules get wrong; return how many.

    A form is learned in small letters first, then as it is written if that is a name or in capitals. An entry has to be
    right for every spelling, so a rule is tried on the word with a capital as well.
    """
    vocab = spacy.blank("en").vocab
    docs = (doc for path in sorted(corpora.glob("*-lemmas.spacy")) for doc in DocBin().from_disk(path).get_docs(vocab))
    seen = Counter(
        (token.tag_, token.pos_, straight(token.text), straight(token.lemma_))
        for token in chain.from_iterable(docs)
        if token.tag_ and token.lemma_ and (token.lemma_ != UNKNOWN or token.text == UNKNOWN)
    )
    small = {key: count for key, count in seen.items() if key[0] not in NAMES}
    exact = {key: count for key, count in seen.items() if key[0] in NAMES or key[2].isupper()}
    table = lemmatizer.lookups.add_table(TAGGED)
    for entry in chain(_exceptions(lemmatizer, small, str.lower), _exceptions(lemmatizer, exact, str)):
        tag, form, lemma = entry
        table[tag] = {**table.get(tag, {}), form: lemma}
    return sum(map(len, table.values()))


def _exceptions(
    lemmatizer: NewsLemmatizer, seen: Mapping[tuple[str, str, str, str], int], spelling: Callable[[str], str]
) -> Iterator[tuple[str, str, str]]:
    """Yield tag, form and lemma of what the lemmatizer gets wrong; counted by tag, part of speech, form and lemma."""
    lemmas: dict[tuple[str, str], Counter[str]] = {}
    wrong = set()
    irregular = lemmatizer.lookups.get_table("lemma_exc")["verb"]
    for (tag, pos, form, lemma), count in seen.items():
        key = (tag, spelling(form))
        lemmas.setdefault(key, Counter())[lemma] += count
        spellings = {form} if tag in NAMES else {form, form.capitalize()}
        known = lemmatizer.learned(tag, form)
        found = {known} if known else {lemmatizer.regular(tag, pos, spelled) for spelled in spellings}
        if found != {lemma} and not (tag in VERB_FORMS and form.lower() in irregular):
            wrong.add(key)
    for tag, form in sorted(wrong):
        lemma, count = lemmas[tag, form].most_common(1)[0]
        if count >= max(MIN_LEMMA_COUNT, MIN_LEMMA_SHARE * lemmas[tag, form].total()):
            yield tag, form, lemma


Heads: TypeAlias = Mapping[str, NDArray[np.float32]]


def assemble(exported: Path, corpora: Path) -> Language:
    """Join encoder, heads and lemmatizer into one pipeline."""
    labels = json.loads((exported / "labels.json").read_text(encoding="utf-8"))
    heads: Heads = np.load(exported / "heads.npz")
    nlp = spacy.blank("en")
    encoder = Encoder().load((exported / "encoder.onnx").read_bytes(), _vocabulary(exported))
    _replace(nlp, "newsparse_encoder", "encoder", encoder)
    for name, layer in (("tagger", "tags"), ("morphologizer", "morphs")):
        pipe = nlp.add_pipe(name, config={"model": {**SOFTMAX, "normalize": False}})
        for label in labels[layer]:
            pipe.add_label(label)
        _set_softmax(pipe.model, heads, layer)
    _replace(nlp, "newsparse_parser", "parser", Parser(nlp).load(labels["deps"], _tree_weights(heads)))
    _add_lemmatizer(nlp, corpora)
    for factory, name in (("newsparse_ner", "names"), ("newsparse_triggers", "triggers")):
        tagger = nlp.add_pipe(factory, name="ner" if name == "names" else factory)
        _set_labels(tagger, labels[name])
        _set_softmax(tagger.model, heads, name)
    _replace(nlp, "newsparse_roles", "newsparse_roles", _roles(labels, heads))
    return nlp


def _vocabulary(exported: Path) -> list[str]:
    return (exported / "vocabulary.txt").read_text(encoding="utf-8").splitlines()


def _replace(nlp: Language, factory: str, name: str, component: Any) -> None:
    """Add a component and hand its weights to it."""
    nlp.add_pipe(factory, name=name).from_bytes(component.to_bytes())


def _set_labels(tagger: SpanTagger, tags: list[str]) -> None:
    """Give a head its labels.

    Raises:
        ValueError: the network has its tags in another order than the head.
    """
    for label in dict.fromkeys(tag[2:] for tag in tags[1:]):
        tagger.add_label(label)
    if list(tagger.tags) != tags:
        raise ValueError(f"the network has the tags of {tagger.name} in another order")


def _set_softmax(model: Model[Any, Any], heads: Heads, layer: str) -> None:
    """Give a tagger's model the weights of a linear layer of the network."""
    weights, bias = heads[f"{layer}.weight"], heads[f"{layer}.bias"]
    softmax = model.get_ref("softmax")
    softmax.set_dim("nO", len(bias))
    softmax.set_param("W", weights)
    softmax.set_param("b", bias)
    if model.has_dim("nO") is None:
        model.set_dim("nO", len(bias))


def _linear(heads: Heads, name: str) -> NDArray[np.float32]:
    """Return the weights of a linear layer, its bias as the last row."""
    return np.concatenate([heads[f"{name}.weight"].T, heads[f"{name}.bias"][None]])


def _tree_weights(heads: Heads) -> Weights:
    layers = ("arc_dependent", "arc_head", "label_dependent", "label_head")
    return Weights(
        starts=_linear(heads, "starts"),
        arc=heads["tree.arc"],
        label=heads["tree.label"],
        **{layer: _linear(heads, f"tree.{layer}") for layer in layers},
    )


def _roles(labels: Mapping[str, list[str]], heads: Heads) -> RolesComponent:
    numbers = {name: {value: i for i, value in enumerate(labels[name])} for name in ("types", "entities", "paths")}
    mention = heads["roles.mention.weight"].T
    weights = RoleWeights(
        score=heads["roles.score"],
        mention=np.concatenate([mention, np.zeros((1, mention.shape[1]), dtype=np.float32)]),
        **{layer: _linear(heads, f"roles.{layer}") for layer in ("left", "right", "trigger", "out")},
        **{table: heads[f"roles.{table}.weight"] for table in ("event_type", "entity_type", "path", "distance")},
    )
    return RolesComponent().load(Labels(tuple(labels["roles"]), **numbers), weights)


def _add_lemmatizer(nlp: Language, corpora: Path) -> None:
    tables = lemma_tables()
    print(f"{keep_silent_e(tables)} verbs that hide another in -e")
    lemmatizer = NewsLemmatizer(nlp.vocab, None)
    lemmatizer.initialize(list, nlp=nlp, lookups=tables)
    print(f"{learn_lemmas(lemmatizer, corpora)} lemmas from the treebanks")
    _replace(nlp, "newsparse_lemmatizer", "lemmatizer", lemmatizer)


def forget_training_words(nlp: Language, data: Path) -> None:
    """Keep of the string store what the language and the labels need, and no words of the training texts."""
    strings = spacy.blank("en").vocab.strings
    for labels in nlp.pipe_labels.values():
        for label in labels:
            strings.add(label)
    strings.to_disk(data / "vocab" / "strings.json")


def write_package(nlp: Language, package: Path) -> None:
    """Write the importable package beside its place, then swap it in."""
    nlp.meta.update(META, performance={})
    fresh, old = (package.with_name(f".{package.name}.{word}") for word in ("new", "old"))
    for leftover in (fresh, old):
        shutil.rmtree(leftover, ignore_errors=True)
    data = fresh / f"{META['lang']}_{NAME}-{VERSION}"
    data.mkdir(parents=True)
    nlp.to_disk(data)
    forget_training_words(nlp, data)
    shutil.copy(data / "meta.json", fresh / "meta.json")
    (fresh / "__init__.py").write_text(PACKAGE_SOURCE, encoding="utf-8")
    if package.exists():
        package.rename(old)
    fresh.rename(package)
    shutil.rmtree(old, ignore_errors=True)


def main() -> None:
    """Assemble and write the package."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("exported", type=Path, help="folder of export.py")
    parser.add_argument("samples", type=Path, help="folder of prepare.py")
    parser.add_argument("package", type=Path, help="importable package to write")
    arguments = parser.parse_args()
    write_package(assemble(arguments.exported, arguments.samples), arguments.package)


if __name__ == "__main__":
    main()
