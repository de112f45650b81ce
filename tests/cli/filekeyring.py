"""A keyring in one file, for a machine whose own keyring no test may touch."""

import json
import os
from pathlib import Path

from keyring.backend import KeyringBackend


class FileKeyring(KeyringBackend):
    """Keeps what it is given in the file that BILAGSBOT_TEST_KEYRING names."""

    priority = 1

    def get_password(self, service: str, username: str) -> str | None:
        kept: dict[str, str] = self._kept()
        return kept.get(f"{service} {username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        self._file().write_text(json.dumps({**self._kept(), f"{service} {username}": password}), encoding="utf-8")

    def _kept(self) -> dict[str, str]:
        return dict(json.loads(self._file().read_text(encoding="utf-8"))) if self._file().exists() else {}

    def _file(self) -> Path:
        return Path(os.environ["BILAGSBOT_TEST_KEYRING"])
