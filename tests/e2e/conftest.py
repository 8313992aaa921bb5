"""Makes the helpers in ``shipped.py`` and the benchmarks importable."""

import shipped  # noqa: F401
