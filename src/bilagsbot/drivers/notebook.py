"""Notebook: writes a recording's folder while a person works."""

import hashlib
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from bilagsbot.model.errors import writable
from bilagsbot.model.recording import FILE, Action, Head

FRAME = "bilagsbot-frame-{}-"  # what stands in a page's HTML for the file of its frame
ABOUT = "The recording"


class Notebook:
    """The actions so far, written anew whenever `save` finds a change: an action may learn later what it led to.

    `redact` takes out of every text what has turned out to be a secret. Raises Unwritable.
    """

    def __init__(self, folder: Path, head: Head, redact: Callable[[str], str] = lambda text: text) -> None:
        self.folder, self.actions = folder, list[Action]()
        self._head, self._redact, self._next, self._saved = head, redact, 1, ""
        with writable(ABOUT):
            (folder / "pages").mkdir(parents=True)
            (folder / "pictures").mkdir()

    def add(self, **told: Any) -> Action:
        """Note an action under the next number."""
        self.actions.append(Action(n=self._next, **told))
        self._next += 1
        return self.actions[-1]

    def amend(self, action: Action, **changes: Any) -> None:
        """Note what came of an action; nothing for one that was undone."""
        for i, one in enumerate(self.actions):
            if one.n == action.n:
                self.actions[i] = one.model_copy(update=changes)

    def undo(self) -> None:
        """Forget the last action."""
        del self.actions[-1:]

    def page(self, documents: Sequence[str]) -> str:
        """Keep a window's page: its own HTML, then that of its frames; the name of its file."""
        texts = [self._redact(html) for html in documents]
        for i in range(len(texts) - 1, 0, -1):  # a frame stands after the page that holds it
            texts = [text.replace(FRAME.format(i), self._keep("pages", texts[i].encode(), "html"), 1)
                     for text in texts[:i]]  # fmt: skip
        return f"pages/{self._keep('pages', texts[0].encode(), 'html')}" if texts else ""

    def picture(self, jpeg: bytes) -> str:
        """Keep a picture; the name of its file."""
        return f"pictures/{self._keep('pictures', jpeg, 'jpg')}"

    def save(self) -> None:
        """Bring the file up to date; whole or not at all."""
        lines = [self._head.model_dump_json(exclude_defaults=True, exclude={"version"})]
        lines += [action.model_dump_json(exclude_defaults=True) for action in self.actions]
        text = self._redact("\n".join(lines)) + "\n"
        if text == self._saved:
            return
        file, fresh = self.folder / FILE, self.folder / f"{FILE}.new"
        with writable(ABOUT):
            fresh.write_text(text, encoding="utf-8", newline="\n")
            fresh.replace(file)
        self._saved = text

    def blacken(self, since: int) -> None:
        """A secret has been told only now: redact what is kept already, and drop the pictures since that action."""
        with writable(ABOUT):
            for file in (self.folder / "pages").iterdir():
                file.write_text(self._redact(file.read_text("utf-8")), encoding="utf-8", newline="\n")
            for action in [one for one in self.actions if one.n >= since and one.picture]:
                (self.folder / action.picture).unlink(missing_ok=True)
                self.amend(action, picture="")

    def close(self) -> None:
        """Save, and take away what no action speaks of any more; the whole folder where nothing was done."""
        if not self.actions:
            shutil.rmtree(self.folder, ignore_errors=True)
            return
        self.save()
        kept = {action.page for action in self.actions} | {action.picture for action in self.actions}
        for page in sorted(kept):
            kept |= self._frames(page)
        with writable(ABOUT):
            for kind in ("pages", "pictures"):
                for file in (self.folder / kind).iterdir():
                    if f"{kind}/{file.name}" not in kept:
                        file.unlink()

    def _frames(self, page: str) -> set[str]:
        """The pages in a page's frames, and in theirs."""
        if not page.startswith("pages/"):
            return set()
        html = (self.folder / page).read_text("utf-8")
        inner = {f"pages/{file.name}" for file in (self.folder / "pages").iterdir() if f'src="{file.name}"' in html}
        return inner.union(*(self._frames(one) for one in inner))

    def _keep(self, kind: str, content: bytes, ending: str) -> str:
        """A file named by its content, so that what does not change is kept once."""
        name = f"{hashlib.sha256(content).hexdigest()[:16]}.{ending}"
        with writable(ABOUT):
            (self.folder / kind / name).write_bytes(content)
        return name
