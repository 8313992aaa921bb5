"""Component ``newsparse_coref``: who is who in the document, in ``doc._.newsparse_entities``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from spacy.language import Language
from spacy.tokens import Doc, Span

from newsparse.pipeline.annotations import MENTIONS, Entity, Mention
from newsparse.pipeline.coref.anaphora import absorb_unnamed, resolve_nominal
from newsparse.pipeline.coref.attributes import describe, mention_head
from newsparse.pipeline.coref.clusters import Cluster, cluster_names, org_class
from newsparse.pipeline.coref.discourse import Discourse, head_of
from newsparse.pipeline.coref.pronouns import gender_of, pronoun_kind, resolve_pronoun
from newsparse.pipeline.coref.titles import title_of

_LONGEST_NAME = 12
_THINGS = frozenset({"AGREEMENT", "DATABASE", "LAW"})


class EntityResolver:
    """Groups the mentions of ``newsparse_entities`` and the pronouns into entities ``en-1``, ``en-2`` and so on."""

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc._.newsparse_entities`` and return the document."""
        doc._.newsparse_entities = find_entities(doc)
        return doc


def find_entities(doc: Doc) -> list[Entity]:
    """The entities of a document in order of their first mention."""
    mentions = list(doc.spans[MENTIONS]) if MENTIONS in doc.spans else []
    clusters = _resolved(doc, mentions)
    clusters = [cluster for cluster in clusters if any(mention.kind != "pronoun" for mention in cluster.mentions)]
    clusters.sort(key=lambda cluster: min((mention.start, -mention.end) for mention in cluster.mentions))
    entities = [_entity(doc, number, cluster) for number, cluster in enumerate(clusters, start=1)]
    describe(doc, entities, {head: owner for head, (owner, _) in head_index(doc, entities).items()})
    return entities


def head_index(doc: Doc, entities: Iterable[Entity]) -> dict[int, tuple[str, Mention]]:
    """Head token of each mention → id of its entity and the mention; other tokens of a name count as its head."""
    index: dict[int, tuple[str, Mention]] = {}
    inner: dict[int, tuple[str, Mention]] = {}
    for entity in entities:
        for mention in entity.mentions:
            index.setdefault(mention_head(doc, mention).i, (entity.id, mention))
            if mention.kind == "name":
                for i in range(mention.start, mention.end):
                    inner[i] = (entity.id, mention)
    return inner | index


def _resolved(doc: Doc, mentions: Sequence[Span]) -> list[Cluster]:
    """All clusters of a document: names first, over the whole text, then nominals and pronouns from left to right."""
    discourse = Discourse(doc, doc.user_data.get("newsparse_title_end", 0))
    names = [span for span in mentions if span.id_ == "name"]
    clusters, at = cluster_names(doc, names)
    discourse.clusters += clusters
    for cluster in clusters:
        _characterise(doc, cluster)
    queue: list[tuple[int, int, Span | str]] = [(head_of(span).i, index, span) for index, span in enumerate(mentions)]
    for token in doc:
        kind = pronoun_kind(token)
        if kind:
            queue.append((token.i, -1, kind))
    for i, _, item in sorted(queue, key=lambda entry: entry[:2]):
        if isinstance(item, str):
            resolve_pronoun(doc[i], item, discourse)
        elif item.id_ == "name":
            cluster = at[item.start, item.end]
            discourse.mentioned(doc[i], Mention(item.start, item.end, "name"), cluster)
            absorb_unnamed(cluster, discourse)
        else:
            resolve_nominal(item, discourse)
    return discourse.clusters


def _characterise(doc: Doc, cluster: Cluster) -> None:
    """Fill what names tell about a cluster: title and gender of a person, class of an organisation."""
    if cluster.type == "PERSON":
        titles = (title_of(doc, mention) for mention in cluster.mentions)
        cluster.title = next((title for title in titles if title), None)
        cluster.plural = False
        genders = (gender_of(doc, mention) for mention in cluster.mentions)
        cluster.gender = next((gender for gender in genders if gender), None)
    elif cluster.type == "ORG":
        cluster.org_class = org_class(cluster.names)
    elif cluster.type in _THINGS:
        cluster.heads = {name.split()[-1].lower() for name in cluster.names if name.split()}
    elif cluster.type == "NORP":
        cluster.plural = any(doc[mention.end - 1].tag_ in {"NNS", "NNPS"} for mention in cluster.mentions)


def _entity(doc: Doc, number: int, cluster: Cluster) -> Entity:
    names = list(dict.fromkeys(cluster.names))
    name = fullest(names) if names else _nominal_name(doc, cluster)
    aliases = [other for other in names if other != name]
    mentions = sorted(cluster.mentions, key=lambda mention: (mention.start, mention.end))
    return Entity(f"en-{number}", cluster.type, name, aliases, cluster.title, mentions)


def fullest(names: Sequence[str]) -> str:
    """The fullest of the names: the one of most words that is not overlong, the first of equals."""
    fitting = [name for name in names if len(name.split()) <= _LONGEST_NAME] or list(names)
    return max(fitting, key=lambda name: (not name.isupper(), len(name.split()), len(name)))


def _nominal_name(doc: Doc, cluster: Cluster) -> str:
    """The longest nominal mention that is not overlong; of a group the first."""
    texts = [doc[m.start : m.end].text for m in cluster.mentions if m.kind != "pronoun"]
    if cluster.type == "GROUP":
        return texts[0]
    fitting = [text for text in texts if len(text.split()) <= _LONGEST_NAME and "\n" not in text] or texts
    return max(fitting, key=lambda text: len(text.split()))


@Language.factory("newsparse_coref", requires=["doc.spans"], assigns=["doc._.newsparse_entities"])
def make_coref(nlp: Language, name: str) -> EntityResolver:
    """Make the component."""
    return EntityResolver()
