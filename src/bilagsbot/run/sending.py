"""Sending: carry a message to addresses, all at once and within a time limit, without a word of them anywhere."""

import json
import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal
from urllib.parse import unquote

from bilagsbot.run.addresses import FILE, Address

LIMIT = 15.0  # seconds in which all addresses of one notice have to answer


@dataclass(frozen=True)
class Message:
    """What a person reads; `about` is for programs that read notices from a file."""

    title: str
    body: str
    tone: Literal["success", "warning", "failure", "info"] = "info"
    about: Mapping[str, str] = field(default_factory=dict)


Carrier = Callable[[Message], bool]


def carrier(address: Address, workspace: Path, limit: float = LIMIT) -> Carrier | None:
    """What carries messages to an address and says whether it took them; nothing where it is no address."""
    if not address.url.isprintable():
        return None
    if address.url.startswith(FILE):
        return _file(address, workspace)
    return _apprise(address.url, limit / 2 - limit / 20)  # to connect, then to answer


def deliver(carriers: Mapping[str, Carrier], message: Message, limit: float = LIMIT) -> frozenset[str]:
    """Carry a message to all of them at once; gives those that took it within `limit` seconds."""
    took: set[str] = set()

    def carry(name: str) -> None:
        if carriers[name](message):
            took.add(name)

    # Daemons: one that hangs for all its own limits must not keep the process from ending either.
    threads = [threading.Thread(target=carry, args=(name,), daemon=True) for name in carriers]
    for thread in threads:
        thread.start()
    until = time.monotonic() + limit
    for thread in threads:
        thread.join(max(0.0, until - time.monotonic()))
    return frozenset(took)


def _file(address: Address, workspace: Path) -> Carrier | None:
    """`file:///FOLDER/NAME`, or `file://NAME` from the workspace on: a JSON line a notice."""
    name = unquote(address.url.removeprefix(FILE)).strip()
    if len(name) > 2 and name[0] == "/" and name[2] == ":":  # file:///C:/…
        name = name[1:]
    if not name or not name.isprintable():
        return None
    file = workspace / name

    def append(message: Message) -> bool:
        about = {"at": datetime.now().astimezone().isoformat(timespec="seconds"), "to": address.name, **message.about}
        line = json.dumps({**about, "title": message.title, "body": message.body}, ensure_ascii=False)
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            with file.open("ab", buffering=0) as opened:  # one write, which no other process's line comes into
                opened.write(f"{line}\n".encode(errors="backslashreplace"))
        except OSError:
            return False
        return True

    return append


def _apprise(url: str, patience: float) -> Carrier | None:
    for library in ("apprise", "urllib3", "requests"):  # their lines name the address
        logging.getLogger(library).setLevel(logging.CRITICAL + 1)
    import apprise  # takes most of a second

    # Apprise's own time limit leaves a thread behind that the process would wait for at its end.
    asset = apprise.AppriseAsset(app_id="Bilagsbot", app_desc="Bilagsbot", service_timeout=0)
    service = apprise.Apprise.instantiate(url, asset=asset, suppress_exceptions=True)
    if service is None:
        return None
    service.socket_connect_timeout = min(service.socket_connect_timeout or patience, patience)
    service.socket_read_timeout = min(service.socket_read_timeout or patience, patience)
    sender = apprise.Apprise(asset=asset)
    sender.add(service)

    def send(message: Message) -> bool:
        body_format = apprise.NotifyFormat.TEXT
        return bool(sender.notify(message.body, message.title, notify_type=message.tone, body_format=body_format))

    return send
