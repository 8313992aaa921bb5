"""Heads learn from annotated articles."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.language import Language
from spacy.training import Example
from toy_pipeline import LABELS, toy, write_articles

from newsparse.annotation.article import AnnotatedArticle
from newsparse.annotation.read import read_annotated
from newsparse.errors import OutputError, PipelineError, TrainingError
from newsparse.evaluation.counts import Count
from newsparse.training import names
from newsparse.training.division import divide, refuse_shared
from newsparse.training.folder import META_KEY, check_folder, describe, write_folder
from newsparse.training.labels import with_labels
from newsparse.training.learning import Epoch, learn
from newsparse.training.run import Settings, Trained, Watch, load_trainable, summary, train


@pytest.fixture
def articles(tmp_path: Path) -> list[AnnotatedArticle]:
    return read_annotated([write_articles(tmp_path / "articles", 24)])


def trained(articles: list[AnnotatedArticle], nlp: Language | None = None, **settings: Any) -> Trained:
    return train(nlp or toy(), articles[6:], articles[:6], Settings(**{"epochs": 80} | settings))


def found(nlp: Language, text: str) -> list[tuple[str, str]]:
    return [(entity.text, entity.label_) for entity in nlp(text).ents]


def test_names_are_learned(articles: list[AnnotatedArticle]) -> None:
    result = trained(articles)
    learned = result.learned["names"]
    assert result.better
    assert learned.before.f1 < 0.2
    assert learned.kept.f1 > 0.9
    assert found(result.nlp, "Mayor Ortiz of Harwick said so.") == [("Ortiz", "PERSON"), ("Harwick", "GPE")]


def test_the_same_seed_gives_the_same_weights(articles: list[AnnotatedArticle]) -> None:
    def weights(seed: int) -> bytes:
        component: Any = trained(articles, epochs=3, seed=seed).nlp.get_pipe("ner")
        return bytes(component.model.to_bytes())

    assert weights(1) == weights(1) != weights(2)


def test_every_state_is_told_and_the_best_is_kept(articles: list[AnnotatedArticle]) -> None:
    epochs: list[Epoch] = []
    encoded: list[int] = []
    watch = Watch(encoded=encoded.append, epoch=lambda head, epoch: epochs.append(epoch))
    result = train(toy(), articles[6:], articles[:6], Settings(epochs=12), watch)
    assert encoded == list(range(1, len(articles) + 1))
    assert [epoch.number for epoch in epochs] == list(range(13))
    best = max(epochs, key=lambda epoch: (epoch.f1, -epoch.number))
    assert result.learned["names"].kept == best
    component: Any = result.nlp.get_pipe("ner")
    docs = [result.nlp.make_doc(a.article.text) for a in articles[:6]]
    docs = [result.nlp.get_pipe("toy_encoder")(doc) for doc in docs]
    again = names.score(component, names.examples(component, docs, articles[:6], frozenset(LABELS)))
    assert again["name"].f1 == best.f1


def test_without_articles_to_measure_on_the_last_state_is_kept(articles: list[AnnotatedArticle]) -> None:
    result = train(toy(), articles, [], Settings(epochs=3))
    assert result.learned["names"].kept == Epoch(3, result.learned["names"].kept.loss, None)
    assert result.better


def test_nothing_gained_leaves_the_weights(articles: list[AnnotatedArticle]) -> None:
    nlp = trained(articles).nlp
    component: Any = nlp.get_pipe("ner")
    before = component.model.to_bytes()
    perfect = {"name": Count(1, 1, 1)}
    doc = nlp.get_pipe("toy_encoder")(nlp.make_doc("Ortiz left."))
    learned = learn(component, [Example(doc, nlp.make_doc("Ortiz left."))], lambda: perfect, 2, 0, lambda epoch: None)
    assert learned.kept.number == 0
    assert component.model.to_bytes() == before


def test_types_that_no_article_uses_are_left_alone(articles: list[AnnotatedArticle]) -> None:
    nlp = trained(articles).nlp
    persons_only = [
        replace(article, entities=tuple(entity for entity in article.entities if entity.type == "PERSON"))
        for article in articles
    ]
    unused: list[str] = []
    watch = Watch(left_alone=lambda head, labels: unused.extend(labels))
    nlp = train(nlp, persons_only, [], Settings(epochs=20), watch).nlp
    assert unused == ["GPE", "ORG"]
    assert found(nlp, "Mayor Ortiz of Harwick said so.") == [("Ortiz", "PERSON"), ("Harwick", "GPE")]


def test_unknown_types_are_refused(tmp_path: Path) -> None:
    articles = read_annotated([write_articles(tmp_path / "articles", 4, kind="BUILDING")])
    with pytest.raises(TrainingError, match=r"BUILDING \(8\), first in .*a000.txt. It knows GPE, ORG, PERSON.*--add"):
        train(toy(), articles, [])


def test_types_can_be_added_to_those_that_are_known(articles: list[AnnotatedArticle], tmp_path: Path) -> None:
    nlp = trained(articles).nlp
    before = found(nlp, "Mayor Ortiz of Harwick said so.")
    with_labels(nlp, "ner", ["BUILDING"])
    assert nlp.get_pipe("ner").labels == (*LABELS, "BUILDING")
    assert found(nlp, "Mayor Ortiz of Harwick said so.") == before
    buildings = read_annotated([write_articles(tmp_path / "buildings", 24, first=50, kind="BUILDING")])
    nlp = train(nlp, buildings, [], Settings(epochs=60, add_labels=True)).nlp
    assert found(nlp, "Mayor Ortiz of Harwick said so.") == [("Ortiz", "PERSON"), ("Harwick", "BUILDING")]


def test_nothing_to_learn(articles: list[AnnotatedArticle]) -> None:
    with pytest.raises(TrainingError, match="the articles have no names to learn from"):
        train(toy(), [replace(article, entities=()) for article in articles], [])


def test_mentions_that_fit_no_token_are_undecided(articles: list[AnnotatedArticle]) -> None:
    article = articles[0]
    start = article.article.text.index("Mayor") + 1
    odd = replace(article.entities[1], mentions=((start, start + 3),), names=((start, start + 3),))
    nlp = toy()
    component: Any = nlp.get_pipe("ner")
    doc = nlp.get_pipe("toy_encoder")(nlp.make_doc(article.article.text))
    (example,) = names.examples(component, [doc], [replace(article, entities=(odd,))], frozenset(LABELS))
    undecided = [token.text for token in example.reference if token.ent_iob == 0]
    assert "Mayor" in undecided


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5])
def test_division_depends_on_the_texts_alone(share: float, articles: list[AnnotatedArticle]) -> None:
    known, unseen = divide(articles, share, seed=1)
    assert len(unseen) == round(share * len(articles))
    assert len(known) + len(unseen) == len(articles)
    assert divide(articles[::-1], share, seed=1) == (known, unseen)
    assert not share or divide(articles, share, seed=2) != (known, unseen)


def test_too_few_articles(articles: list[AnnotatedArticle]) -> None:
    with pytest.raises(TrainingError, match="too few annotated articles, 1"):
        divide(articles[:1], 0.2, 0)


def test_measuring_on_what_was_learned_is_refused(articles: list[AnnotatedArticle]) -> None:
    refuse_shared(articles[1:], articles[:1])
    with pytest.raises(TrainingError, match="is the same article as"):
        refuse_shared(articles, articles[:1])


def test_folder(articles: list[AnnotatedArticle], tmp_path: Path) -> None:
    result, folder = trained(articles), tmp_path / "sub" / "My names 2"
    describe(result.nlp, folder, summary(result, "en_toy 1.2.0", articles[6:], articles[:6], 0))
    write_folder(result.nlp, folder)
    nlp = spacy.load(folder)
    assert found(nlp, "Mayor Ortiz of Harwick said so.") == [("Ortiz", "PERSON"), ("Harwick", "GPE")]
    assert (nlp.meta["name"], nlp.meta["version"]) == ("my_names_2", "1.2.0+train.1")
    (training,) = nlp.meta[META_KEY]
    assert (training["base"], training["articles"], training["held_out"]) == ("en_toy 1.2.0", 18, 6)
    assert training["heads"]["names"]["labels"] == {"GPE": 48, "PERSON": 24}
    describe(nlp, folder, {})
    assert nlp.meta["version"] == "1.2.0+train.2"
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]


def test_no_words_of_the_articles_are_in_the_folder(articles: list[AnnotatedArticle], tmp_path: Path) -> None:
    write_folder(trained(articles, epochs=1).nlp, tmp_path / "out")
    strings = json.loads((tmp_path / "out" / "vocab" / "strings.json").read_text())
    assert not {"Harwick", "Ortiz", "contract"} & set(strings)


def test_folders_that_are_not_overwritten(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    check_folder(folder, force=False)
    folder.mkdir()
    check_folder(folder, force=False)
    (folder / "letters.txt").touch()
    for force in (True, False):
        with pytest.raises(OutputError, match="something else than a pipeline"):
            check_folder(folder, force)
    with pytest.raises(OutputError, match="is a file"):
        check_folder(folder / "letters.txt", force=True)
    write_folder(toy(), folder)
    with pytest.raises(OutputError, match="--force replaces the pipeline"):
        check_folder(folder, force=False)
    check_folder(folder, force=True)
    assert not (folder / "letters.txt").exists()


def test_a_folder_that_cannot_be_written_leaves_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "out"
    write_folder(toy(), folder)
    rename = Path.rename

    def fail_for_the_new_one(self: Path, target: Path) -> Path:
        if self.name.endswith(".new"):
            raise OSError(28, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fail_for_the_new_one)
    with pytest.raises(OutputError, match="cannot be written: No space left on device"):
        write_folder(toy(), folder)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert (folder / "meta.json").exists()


def test_endless_articles(articles: list[AnnotatedArticle]) -> None:
    nlp = toy()
    nlp.max_length = 20
    with pytest.raises(
        TrainingError, match=r"a00\d.txt: the text has \d\d characters, the pipeline takes 20; split it"
    ):
        train(nlp, articles, [])


def test_pipelines_that_cannot_learn(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("ner")
    nlp.initialize()
    nlp.to_disk(tmp_path / "other")
    with pytest.raises(PipelineError, match="has no part that 'newsparse train' can teach"):
        load_trainable(str(tmp_path / "other"))
    with pytest.raises(PipelineError, match="neither installed nor a folder"):
        load_trainable(str(tmp_path / "missing"))
