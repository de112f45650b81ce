"""The bot of a draft: bots/NAME.yaml as text."""

import re
import shlex
from collections.abc import Sequence

from bilagsbot.flow.drafting.columns import Column
from bilagsbot.flow.drafting.yamltext import CHECK, inline
from bilagsbot.model.recording import Head


def bot_text(name: str, app: str, head: Head, item: Sequence[Column], sheet: str, looks_up: bool) -> str:
    """The bot."""
    text = [f"flow: {name}", f"client: Klienten AS  {CHECK}whose books? It is part of every item's identity"]
    text += _program(app, head) if head.driver == "desktop" else [_site(app, head)]
    if looks_up:
        text.append(f"ask_first: true  {CHECK}rows were keyed by hand; false when the books hold no others")
    if head.sample is None:
        return (
            "\n".join([*text, f"input: {{xlsx: inbox/{name.rpartition('/')[2]}.xlsx}}  {CHECK}which workbook?"]) + "\n"
        )
    text += ["input:", f"  xlsx: {inline(head.sample.workbook)}"]
    text += [f"  sheet: {inline(sheet)}"] if sheet else []
    text += [f"  header_row: {head.sample.header_row}"] if head.sample.header_row != 1 else []
    text += ["  columns:", *(f"    {column.name}: {inline(column.header)}" for column in item)]
    return "\n".join(text) + "\n"


def _site(app: str, head: Head) -> str:
    target = {"url": head.url or "http://127.0.0.1/", "login": _login(app)}
    return f"target: {inline(target)}" + ("" if head.url else f"  {CHECK}where does the program answer?")


def _program(app: str, head: Head) -> list[str]:
    """A desktop program by the command that was recorded; its last argument, if it is a file, is the books."""
    try:
        words = shlex.split(head.program)
    except ValueError:
        words = []
    command, arguments = (words or ["program"])[0], words[1:]
    books = arguments.pop() if arguments and re.search(r"^[^-].*\.\w+$", arguments[-1]) else ""
    return [
        "target:",
        "  program:",
        f"    command: {inline(command)}" + ("" if words else f"  {CHECK}which command starts it?"),
        *([f"    arguments: {inline(arguments)}"] if arguments else []),
        *([f"    file: {inline(books)}  {CHECK}are these the books? Try on a copy"] if books else []),
        f"    display: virtual  {CHECK}a screen that nobody sees, on Linux; 'screen' is your own",
        f"    {CHECK}dates and words are those of your own language: say it by environment: {{LC_ALL: …}}",
        f"  login: {_login(app)}",
        f"  settle: 5  {CHECK}longer than the program may need to store what was sent, in seconds",
    ]


def _login(app: str) -> str:
    return app.replace("/", "-")
