"""``newsparse_status``: whether an event happened, is planned, proposed, alleged, hypothetical or negated."""
