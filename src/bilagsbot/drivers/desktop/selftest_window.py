"""The window that the self-test drives: `python -m bilagsbot.drivers.desktop.selftest_window`.

It answers each word on stdin with a line of JSON: what it shows and what was done to it. `disable` grays its button.
"""

import json
import queue
import sys
import threading
import tkinter

TITLE = "Bilagsbot self-test"
LABEL = "Bilag 10042 er bokført"
POLL = 5  # milliseconds


class SelftestWindow:
    """A field, a button, a text, and no more."""

    def __init__(self) -> None:
        self._root = tkinter.Tk(className="bilagsbot")
        self._root.title(TITLE)
        self._root.configure(background="white")
        self._clicks = 0
        self._field = tkinter.Entry(self._root, width=50, font=("DejaVu Sans", 11))
        self._button = tkinter.Button(self._root, text="Bokfør", width=14, command=self._clicked)
        self._label = tkinter.Label(self._root, text=LABEL, font=("DejaVu Sans", 11), background="white")
        for part in (self._field, self._button, self._label):
            part.pack(padx=40, pady=20)
        self._words: queue.SimpleQueue[str] = queue.SimpleQueue()
        threading.Thread(target=self._listen, daemon=True).start()
        self._root.after(POLL, self._answer)

    def run(self) -> None:
        """Show it until stdin ends or somebody closes it."""
        self._root.mainloop()

    def _clicked(self) -> None:
        self._clicks += 1

    def _listen(self) -> None:
        """In a thread of its own, which leaves Tk to the other."""
        for line in sys.stdin:
            self._words.put(line.strip())
        self._words.put("end")

    def _answer(self) -> None:
        while not self._words.empty():
            word = self._words.get()
            if word == "end":
                self._root.destroy()
                return
            if word == "disable":
                self._button.configure(state="disabled")
            self._root.update_idletasks()
            print(json.dumps(self._state()), flush=True)  # noqa: T201 - this is a program of its own
        self._root.after(POLL, self._answer)

    def _state(self) -> dict[str, object]:
        parts = {"field": self._field, "button": self._button, "label": self._label}
        rects = {
            name: (part.winfo_rootx(), part.winfo_rooty(), part.winfo_width(), part.winfo_height())
            for name, part in parts.items()
        }
        mapped, focused = bool(self._field.winfo_ismapped()), self._root.focus_get() is self._field
        return {"text": self._field.get(), "clicks": self._clicks, "mapped": mapped, "focused": focused, **rects}


if __name__ == "__main__":
    SelftestWindow().run()
