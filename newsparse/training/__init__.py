"""Teaches the light heads of a pipeline from annotated articles; the encoder stays as it is.

A head reads ``doc.tensor``, which does not change while it learns, so every article is encoded once. What is told of
one head in ``heads.py`` is all that training needs to know of it.
"""
