"""``newsparse_encoder``: one pass of a contextual encoder, for all heads that follow.

The encoder is a BERT in ONNX with weights of eight bits; onnxruntime runs it on one core. What it was trained from
and how is told in ``models/README.md``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc

from newsparse.pipeline.encoder.windows import windows
from newsparse.pipeline.encoder.wordpieces import BREAK, OPENING, WordPieces, shape

Rows = NDArray[np.floating[Any]]

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

_MODEL, _VOCABULARY = "encoder.onnx", "vocabulary.txt"


class Encoder:
    """Sets ``doc.tensor``: float32, a row for each token, the mean of the rows of its word pieces.

    Windows of a document are run one by one: the eight-bit arithmetic scales by what it sees at once, so that an
    article in a batch of others would not get the rows that it gets alone.
    """

    def __init__(self) -> None:
        """Start without weights; they come by ``load`` or ``from_disk``."""
        self._model = b""
        self._pieces = WordPieces(())
        self._session: InferenceSession | None = None

    def load(self, model: bytes, vocabulary: Iterable[str]) -> Encoder:
        """Take an ONNX model of (``pieces``, ``shapes``), both (1, n), to rows (1, n, width), and its pieces."""
        import onnxruntime  # takes a tenth of a second, which commands without a pipeline do not need

        options = onnxruntime.SessionOptions()
        # Processes, not threads, share out the articles.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._model, self._pieces = model, WordPieces(tuple(vocabulary))
        self._session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        return self

    def __call__(self, doc: Doc) -> Doc:
        """Set the tensor of a document.

        Raises:
            ValueError: the encoder has no weights.
        """
        if self._session is None:
            raise ValueError("newsparse_encoder has no weights: load a trained pipeline, such as en_newsparse")
        ids = [self._pieces.encode(token.text) for token in doc]
        rows = [self._rows(doc, ids, start, end) for start, end in windows(doc, [len(pieces) for pieces in ids])]
        doc.tensor = np.concatenate(rows) if rows else np.zeros((0, 0), dtype=np.float32)
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 0) -> Iterator[Doc]:  # spaCy's interface
        """Set the tensors of documents."""
        yield from map(self, stream)

    def _rows(self, doc: Doc, ids: list[tuple[int, ...]], start: int, end: int) -> Rows:
        pieces, shapes, firsts = [OPENING], [0], []
        for i in range(start, end):
            firsts.append(len(pieces))
            pieces.extend(ids[i])
            shapes.extend(
                [shape(doc[i].text, i == 0 or bool(doc[i - 1].whitespace_) or doc[i - 1].is_space)] * len(ids[i])
            )
        inputs = {"pieces": np.array([[*pieces, BREAK]]), "shapes": np.array([[*shapes, 0]])}
        assert self._session is not None
        (hidden,) = self._session.run(None, inputs)
        sums = np.add.reduceat(hidden[0, :-1], firsts, axis=0)
        counts = np.array([len(pieces) for pieces in ids[start:end]], dtype=np.float32)
        rows: Rows = sums / counts[:, None]
        return rows

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:  # spaCy's interface
        """Return the weights and the vocabulary."""
        vocabulary = "\n".join(self._pieces.vocabulary).encode()
        return len(vocabulary).to_bytes(4, "big") + vocabulary + self._model

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> Encoder:
        """Take weights and vocabulary."""
        length = 4 + int.from_bytes(data[:4], "big")
        return self.load(data[length:], data[4:length].decode().split("\n"))

    def to_disk(self, path: Path | str, *, exclude: Iterable[str] = ()) -> None:
        """Write the weights and the vocabulary into a folder."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / _MODEL).write_bytes(self._model)
        (folder / _VOCABULARY).write_text("\n".join(self._pieces.vocabulary), encoding="utf-8")

    def from_disk(self, path: Path | str, *, exclude: Iterable[str] = ()) -> Encoder:
        """Read the weights and the vocabulary from a folder."""
        folder = Path(path)
        return self.load((folder / _MODEL).read_bytes(), (folder / _VOCABULARY).read_text(encoding="utf-8").split("\n"))


@Language.factory("newsparse_encoder", assigns=["doc.tensor"])
def make_encoder(nlp: Language, name: str) -> Encoder:  # spaCy's interface
    """Make an encoder without weights."""
    return Encoder()
