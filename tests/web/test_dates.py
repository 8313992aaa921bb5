from __future__ import annotations

import pytest

from newsparse.web.dates import stands_in


@pytest.mark.parametrize(
    ("page", "iso", "there"),
    [
        ("Copyright 2020 The Echo", "2020-01-01", False),
        ("June 2019", "2019-06-01", False),
        ("anything", "2019-06-12", True),
        ('<time datetime="2020-01-01T08:00">', "2020-01-01", True),
        ("/2020/01/01/mayor-resigns", "2020-01-01", True),
        ("20200101", "2020-01-01", True),
        ("January 1, 2020", "2020-01-01", True),
        ("Jan. 1st, 2020", "2020-01-01", True),
        ("1 January 2020", "2020-01-01", True),
        ("1st of June, 2019", "2019-06-01", True),
        ("01/06/2019", "2019-06-01", True),
        ("6/1/19", "2019-06-01", True),
        ("11 January 2020", "2020-01-01", False),
        ("2020-01-011", "2020-01-01", False),
        ("", "2020", False),
    ],
)
def test_stands_in(page: str, iso: str, there: bool) -> None:
    assert stands_in(page, iso) is there
