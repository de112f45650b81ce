"""A workspace as its user meets it: through the command line, in processes that can be killed."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

PROGRAM = Path(sys.executable).with_name("bilagsbot")


@dataclass
class Bilagsbot:
    """The `bilagsbot` program in a workspace, with one login's secret in its environment."""

    workspace: Path
    login: str
    username: str
    password: str
    environment: dict[str, str] = field(default_factory=dict)

    def start(self, *words: str) -> "subprocess.Popen[str]":
        """A command that goes on while the test does something to it."""
        prefix = f"BILAGSBOT_{self.login.replace('-', '_').upper()}"
        secret = {f"{prefix}_USERNAME": self.username, f"{prefix}_PASSWORD": self.password}
        return subprocess.Popen(
            [str(PROGRAM), *words], cwd=self.workspace, text=True, encoding="utf-8",
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL,
            env={**os.environ, **secret, **self.environment},
        )  # fmt: skip

    def __call__(self, *words: str, code: int = 0) -> str:
        """What a command printed, stdout and stderr together; it must end with `code`."""
        process = self.start(*words)
        out, err = process.communicate(timeout=280)
        assert process.returncode == code, f"exit {process.returncode}, not {code}\n{out}\n{err}"
        assert "Traceback" not in out + err
        assert "Internal error" not in out + err
        assert self.password not in out + err
        return out + err

    def receipts(self, *words: str, code: int = 0) -> list[dict[str, Any]]:
        """The receipts of `run … --json`, in the workbook's order."""
        lines = [json.loads(line) for line in self("run", *words, "--json", code=code).splitlines() if line[:1] == "{"]
        return sorted((line for line in lines if "item" in line), key=lambda line: line["rows"])

    def items(self, *words: str) -> list[dict[str, Any]]:
        """The ledger's items."""
        return [json.loads(line) for line in self("items", *words, "--json").splitlines()]

    def journal(self) -> list[str]:
        """The targets that all runs so far have touched, in order."""
        lines = [
            line
            for file in sorted(self.workspace.glob(".bilagsbot/runs/*/journal.jsonl"))
            for line in file.read_text(encoding="utf-8").splitlines(keepends=True)
        ]
        return [json.loads(line)["target"] for line in lines if line.endswith("\n")]

    def events(self) -> str:
        """Why every item went from one state to another, a line each, looked up behind the program's back."""
        connection = sqlite3.connect(self.workspace / ".bilagsbot" / "ledger.sqlite")
        with closing(connection):
            return "\n".join(f"{state} {why}" for state, why in connection.execute("select state, why from event"))

    def sheet(self, workbook: str, name: str) -> list[dict[str, Any]]:
        """A workbook's rows, by header, as they are when it is opened again."""
        book = load_workbook(self.workspace / workbook)
        header, *rows = book[name].iter_rows(values_only=True)
        return [dict(zip(header, row, strict=True)) for row in rows]

    def edit(self, workbook: str, sheet: str, cell: str, value: object) -> None:
        """Write one cell as a person would."""
        book = load_workbook(self.workspace / workbook)
        book[sheet][cell] = value
        book.save(self.workspace / workbook)

    def traces(self) -> str:
        """Every text file of the workspace in one; no secret may be in it."""
        files = (
            path for path in self.workspace.rglob("*") if path.suffix in (".jsonl", ".html", ".csv", ".yaml", ".log")
        )
        return "\n".join(path.read_text(encoding="utf-8", errors="replace") for path in files)
