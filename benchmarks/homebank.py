"""A transaction into HomeBank: five fields, Add, Close, Save, and how many of them the saved file has right.

`bilagsbot run` with its ledger, read-back and receipts, against a plain pyautogui script as its manual shows it:
pictures located on the screen, `write`, the default PAUSE. Arguments: how many of ours, and how many of theirs.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import cv2
from tests.systems import homebank, own
from tests.systems.homebank import Transaction

from bilagsbot.drivers.desktop.atspi import Atspi
from bilagsbot.drivers.desktop.geometry import Rect
from bilagsbot.drivers.desktop.screen import Screen
from bilagsbot.drivers.desktop.virtual import VirtualDisplay
from bilagsbot.tables import sample

BOT = "homebank-transactions"
COLUMNS = {"Bilagsnr": 12, "Dato": 12, "Beløp": 12, "Leverandør": 30, "Kategori": 18, "Tekst": 40}
LABELS = ("Date:", "Amount:", "Info:", "Payee:", "Memo:")


def wanted(count: int) -> list[Transaction]:
    """What is keyed, Norwegian letters in it."""
    import datetime as dt

    first = dt.date(2026, 1, 5)
    return [
        Transaction(f"HB-{5001 + i}", first + dt.timedelta(days=i % 300), 9_950 + 1_237 * i,
                    ("Blåbærsyltetøy AS", "Hansen Trelast")[i % 2], "", f"Kvittering {i} {('– æøå', 'ok')[i % 2]}")
        for i in range(count)
    ]  # fmt: skip


def ours(folder: Path, items: list[Transaction]) -> tuple[list[float], int]:
    """Seconds for each item, the start of all included, and how many are right."""
    for name in ("bots", "flows", "selectors"):
        (folder / name).mkdir()
    for file in ("bots/homebank-transactions.yaml", "flows/homebank/transaction.yaml", "selectors/homebank.yaml"):
        (folder / file).parent.mkdir(exist_ok=True)
        text = (own.ROOT / file).read_text(encoding="utf-8").replace("  category: text\n", "")
        text = text.replace('      dialog.category: "{{ item.category }}"\n', "").replace(" category: Kategori,", "")
        (folder / file).write_text(text, encoding="utf-8")
    book = new_book(folder)
    rows = [(t.reference, t.date, t.ore / 100, t.payee, "", t.memo) for t in items]
    sample.write(folder / "inbox" / "transactions.xlsx", "Transaksjoner", COLUMNS, rows)
    begun = time.perf_counter()
    command = [str(Path(sys.executable).with_name("bilagsbot")), "run", BOT, "--quiet"]
    subprocess.run(command, cwd=folder, env={**os.environ, "HOME": str(folder)}, check=True, stdout=subprocess.DEVNULL)
    return [(time.perf_counter() - begun) / len(items)] * len(items), right(book, items)


def theirs(folder: Path, items: list[Transaction]) -> tuple[list[float], int]:
    """The same by a plain script."""
    book = new_book(folder)
    with VirtualDisplay() as display:
        os.environ.update(display.own)
        os.environ["XDG_SESSION_TYPE"] = "x11"  # else pyautogui takes no screenshot
        sys.modules["mouseinfo"] = None  # type: ignore[assignment]  # it ends the process where tkinter is lacking

        environment = {**display.environment, "HOME": str(folder), "LC_ALL": "C.UTF-8"}
        program = subprocess.Popen(["homebank", str(book)], env=environment, stderr=subprocess.DEVNULL,
                                   stdout=subprocess.DEVNULL)  # fmt: skip
        pictures = cut(program.pid, display.environment["DBUS_SESSION_BUS_ADDRESS"], folder)
        times = []
        for item in items:
            begun = time.perf_counter()
            key(pictures, item)
            times.append(time.perf_counter() - begun)
        time.sleep(1)
        program.kill()
        program.wait()
    return times, right(book, items)


def key(pictures: dict[str, str], item: Transaction) -> None:
    """One transaction, as a script of a tutorial would."""
    import pyautogui as hand

    def press(name: str) -> None:
        hand.click(*hand.center(hand.locateOnScreen(pictures[name], minSearchTime=5)))

    press("open")
    texts = (f"{item.date:%m/%d/%y}", f"-{item.ore / 100:.2f}", item.reference, item.payee, item.memo)
    for name, text in zip(LABELS, texts, strict=True):
        box = hand.locateOnScreen(pictures[name], minSearchTime=5)
        hand.click(box.left + box.width + 60, box.top + box.height // 2)
        hand.hotkey("ctrl", "a")
        hand.write(text)
        hand.press("tab")
    press("Add")
    press("Close")
    hand.hotkey("ctrl", "s")


def cut(pid: int, bus: str, folder: Path) -> dict[str, str]:
    """Pictures of what the script looks for, cut where accessibility says it is."""
    access, screen, files = Atspi(bus), Screen(), {}

    def find(role: str, name: str, within: str = "") -> Rect:
        until = time.monotonic() + 20
        while time.monotonic() < until:
            tree = access.tree({pid})
            holders = [n.id for n in tree.nodes.values() if n.name == within]
            for node in tree.nodes.values():
                fits = node.role == role and node.name == name and node.showing
                if fits and (not within or any(tree.within(node, h) for h in holders)) and (rect := access.rect(node)):
                    return rect
            time.sleep(0.05)
        raise SystemExit(f"no {role} {name}")

    def keep(name: str, rect: Rect) -> None:
        screen.still(rect, 0.3, 5)
        files[name] = str(folder / f"{name.rstrip(':')}.png")
        cv2.imwrite(files[name], screen.grab(rect.grown(-4)).pixels)

    import pyautogui

    pyautogui.moveTo(1800, 1000)
    find("window", "acme.xhb - Acme - HomeBank")
    opener = find("button", "Add")
    keep("open", opener)
    pyautogui.click(*opener.centre)
    pyautogui.moveTo(1800, 1000)
    for name in LABELS:
        keep(name, find("label", name, "Add transaction").grown(6))
    for name in ("Add", "Close"):
        keep(name, find("button", name, "Add transaction"))
    pyautogui.click(*find("button", "Close", "Add transaction").centre)
    return files


def new_book(folder: Path) -> Path:
    """An empty one."""
    book = folder / "books" / "acme.xhb"
    book.parent.mkdir()
    book.write_text(homebank.BOOK, encoding="utf-8")
    return book


def right(book: Path, items: list[Transaction]) -> int:
    """How many the saved file has, each once and as they were to be keyed."""
    held = homebank.transactions(book)
    return sum(held.count(item) == 1 for item in items)


def main(ours_: int = 60, theirs_: int = 12) -> None:
    """Print both."""
    if reason := own.install("homebank"):
        print(reason)
        return
    medians = []
    ways: list[tuple[str, Callable[[Path, list[Transaction]], tuple[list[float], int]], int]] = [
        ("plain pyautogui script", theirs, theirs_), ("bilagsbot run", ours, ours_),
    ]  # fmt: skip
    print("\nA transaction into HomeBank")
    for name, way, count in ways:
        with tempfile.TemporaryDirectory() as folder:
            times, well = way(Path(folder), wanted(count))
        medians.append(statistics.median(times))
        ratio = medians[0] / medians[-1]
        print(f"  {name:26} {medians[-1] * 1000:7.0f} ms {ratio:5.1f} x as fast  {well} of {count} right", flush=True)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
