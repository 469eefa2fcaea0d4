"""Whether a real Chromium is here: without it browser tests are skipped with a reason, but never in CI."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

FOUND = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def chromium_path() -> Path:
    """The browser's path; skips the test where there is none, fails where CLEANTECH_REQUIRE_BROWSER is set."""
    if FOUND:
        return Path(FOUND)
    reason = "no Chromium on this machine (Debian: apt-get install chromium)"
    if os.environ.get("CLEANTECH_REQUIRE_BROWSER"):
        pytest.fail(reason)
    pytest.skip(reason)
