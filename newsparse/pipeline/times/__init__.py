"""``newsparse_times``: time expressions and their TIMEX3 values."""
