"""Runs over archives: inputs cut into shards, each worked off by itself, entered in a manifest, and merged in order.

``plan`` cuts, ``folder`` remembers, ``engines`` work shards off with ``shard``, which hands articles to a ``worker``
process through ``supervisor``.
"""

from __future__ import annotations
