"""Articles that a person annotated: one type, ``AnnotatedArticle``, and readers for the formats that hold it.

What the annotations mean is told in ``docs/codebook.md``, how they are written in ``docs/training.md``.
"""
