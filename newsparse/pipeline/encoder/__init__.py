"""One pass of a contextual encoder over an article: a row of ``doc.tensor`` for each token, for light heads to read."""
