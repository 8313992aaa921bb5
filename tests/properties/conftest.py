"""Makes the helpers in ``shipped.py`` importable."""

import shipped  # noqa: F401
