"""bilagsbot: the command line. Only the command that is called is imported, so that help comes at once."""

import importlib
import io
import sys
from collections.abc import Callable
from keyword import iskeyword

import typer

from bilagsbot.cli.exits import guarded, mute_log

COMMANDS = {
    "init": "Make a workspace: folders, a practice bot and a sample workbook.",
    "check": "Validate every file and every row; opens no program.",
    "rehearse": "Key every item, read back, and stop before submit.",
    "run": "Key a bot's workbook and bring back a receipt for every row.",
    "record": "Do a job once by hand, and have it written down.",
    "draft": "Make a flow, selectors and a bot of a recording.",
    "import": "Take over a recording of Playwright codegen, Chrome's Recorder or Selenium IDE.",
    "pick": "Point at an element, and have its selector written or mended.",
    "show": "Tell what a flow does, in plain sentences.",
    "drift": "List the targets that are found only by a lower way, and mend them.",
    "worker": "Run what is scheduled, dropped or queued, for as long as it goes on.",
    "runs": "List unattended runs, and start, pause, resume, cancel or answer them.",
    "items": "Show the ledger.",
    "approve": "Approve or refuse what waits for another person.",
    "status": "Say whether unattended runs are well, and what a person has to see to.",
    "settle": "Resolve an unknown item by a person's word.",
    "schedule": "Show when bots start by themselves; pause and resume them; install the worker.",
    "login": "Keep a login's user name and password in this machine's keyring.",
    "notice": "Keep an address that notices go to in this machine's keyring, and try it.",
    "practice": "Start the practice program.",
    "demo": "Key a sample workbook into the practice program, and show the receipts.",
    "doctor": "Say what this machine lacks, and how to mend it.",
}


def application(arguments: list[str]) -> typer.Typer:
    """The app with the called command in full, and the others by name and help."""
    called = next((word for word in arguments if not word.startswith("-")), "")
    app = typer.Typer(
        name="bilagsbot",
        help="Keys vouchers from spreadsheets into accounting programs that have no API. "
        "Exit codes: 0 all posted, 1 some rejected, failed, unknown or waiting, 2 wrong files or workbook, "
        "3 stopped by a person, 4 program or ledger out of reach.",
        add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode=None,
    )  # fmt: skip
    app.callback()(_keep_group)
    for name, text in COMMANDS.items():
        function: Callable[..., None] = _placeholder
        if name == called:
            mute_log()
            word = f"{name}_" if iskeyword(name) else name  # `import` cannot be the name of a function
            function = getattr(importlib.import_module(f"bilagsbot.cli.{word}"), word)
        app.command(name=name, help=text)(function)
    return app


def _placeholder() -> None:
    """Stands for a command that was not called."""


def _keep_group() -> None:
    """Typer makes a group of an app with a callback, even with one command."""


def main() -> None:
    """Entry of the `bilagsbot` program; ends the process with an exit code of the manual's table."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # an old console's code page has no box lines, and must not end a run
            stream.reconfigure(errors="backslashreplace")
    sys.exit(guarded(lambda: application(sys.argv[1:])(), as_json="--json" in sys.argv))
