"""demo: the main job from end to end, on the practice program, with nothing to set up."""

import os
import sys
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from bilagsbot.cli.exits import Exit
from bilagsbot.cli.init import make_workspace
from bilagsbot.cli.run import exit_code, run_bot
from bilagsbot.drivers.web.browser import ensure_browser
from bilagsbot.practice.server import PracticeServer
from bilagsbot.run.runner import Outcome
from bilagsbot.run.secrets import variable
from bilagsbot.sinks.text import grouped
from bilagsbot.sinks.words import word

BOT = "practice-invoices"
USER, PASSWORD = "ola", "practice-only"


def demo(
    folder: Annotated[
        Path | None, typer.Option("--dir", help="The workspace to make; default: a temporary one.")
    ] = None,
    headed: Annotated[bool, typer.Option("--headed", help="Show the browser.")] = False,
) -> None:
    """Makes a workspace, starts the practice program, keys 25 invoices, shows the receipts, and runs again."""
    ensure_browser(lambda text: print(text, file=sys.stderr))
    workspace = (folder or Path(tempfile.mkdtemp(prefix="bilagsbot-demo-"))).resolve()
    make_workspace(workspace)
    os.environ[variable("practice", "username")], os.environ[variable("practice", "password")] = USER, PASSWORD
    with PracticeServer(db=workspace / "practice.sqlite", user=USER, password=PASSWORD) as program:
        _point_at(workspace, program.url)
        print(f"25 invoices from {workspace / 'inbox' / 'fakturaer.xlsx'} into the practice program:")
        first = run_bot(workspace, BOT, headed=headed)
        _show(first)
        print("\nThe same workbook once more: nothing is keyed twice.")
        second = run_bot(workspace, BOT, headed=headed)
        held = len(program.vouchers())
    print(f"\nThe program holds {held} vouchers.")
    print(f"Receipts: {second.delivered.workbook}")
    print(f"Report:   {first.delivered.report}")
    if held != len(first.receipts):
        raise typer.Exit(Exit.SOME_LEFT)
    raise typer.Exit(exit_code(first) or exit_code(second))


def _point_at(workspace: Path, url: str) -> None:
    for bot in (workspace / "bots").glob("*.yaml"):
        text = bot.read_text(encoding="utf-8")
        bot.write_text(text.replace("http://127.0.0.1:8765/login", url), encoding="utf-8")


def _show(outcome: Outcome) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table

    table = Table("Rad", "Fakturanr", "Leverandør", "Beløp", "Status", "Bilagsnr", box=box.SIMPLE_HEAD)
    for receipt in outcome.receipts:
        rows = ", ".join(map(str, receipt.rows))
        key, total = receipt.key, grouped(receipt.sum) if receipt.sum is not None else ""
        number = receipt.fields.get("voucher_no", receipt.message)
        table.add_row(rows, key["invoice_no"], key["supplier"], total, word(receipt.status), number)
    Console().print(table)
