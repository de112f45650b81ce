"""Debian's packages, where we may install them."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence

_QUIET = {"DEBIAN_FRONTEND": "noninteractive"}


def may_install() -> bool:
    """Whether this is a Debian where we are root."""
    return sys.platform == "linux" and os.geteuid() == 0 and shutil.which("apt-get") is not None


def renew_lists() -> bool:
    """Ask what packages there are now; whether that worked."""
    return runs(["apt-get", "update", "-q"], _QUIET)


def install(packages: Sequence[str]) -> bool:
    """Install them, without what they merely recommend; whether that worked."""
    wait = ["-o", "DPkg::Lock::Timeout=600"]  # seconds, for whoever installs something else just now
    return runs(["apt-get", "install", "-yq", "--no-install-recommends", *wait, *packages], _QUIET)


def runs(command: Sequence[str], more: Mapping[str, str] | None = None) -> bool:
    """Whether a command ends well within a quarter of an hour; `more` is added to its environment."""
    try:
        done = subprocess.run(  # noqa: S603 - our own words
            command, env={**os.environ, **(more or {})}, capture_output=True, timeout=900
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
