"""A small accounting program in GTK3, for the system's Python: `form.py FILE`. A voucher saved is a JSON line in FILE.

Commands come as lines on stdin; each is answered by itself on stdout when GTK has been told. `tell` answers with what
the form holds, as JSON. The first line on stdout is `ready`. `form.py FILE SOCKET` talks on that Unix socket instead,
on which somebody listens: a driver starts programs without stdin.
"""

import json
import os
import signal
import socket
import sys
from pathlib import Path

import gi

gi.require_version("Gdk", "3.0")
gi.require_version("Gtk", "3.0")
from gi.repository import Gdk, GLib, Gtk  # noqa: E402

FIELDS = ("Bilagsnr", "Dato", "Beløp", "Leverandør", "Tekst")
KINDS = ("Inngående faktura", "Utgående faktura", "Kreditnota", "Øreavrunding")
LARGE = 120 * 1024  # 125 % of 96 dpi, as GTK counts it


class Form(Gtk.Window):
    """The window, and what happens to it on command."""

    def __init__(self, file: Path) -> None:
        super().__init__(title="Bilagsregistrering")
        self.file = file
        self.entries = {name: Gtk.Entry() for name in FIELDS}
        self.buttons = {name: Gtk.Button(label=name) for name in ("Lagre", "Avbryt", "Slett")}
        self.kind, self.paid = Gtk.ComboBoxText(), Gtk.CheckButton(label="Betalt")
        self.saved = Gtk.ListStore(*[str] * len(FIELDS))
        self.others: dict[str, Gtk.Window] = {}
        self.given: dict[str, str] = {}
        self.set_default_size(640, 480)
        self._build()
        self.connect("destroy", Gtk.main_quit)

    def _build(self) -> None:
        grid = Gtk.Grid(row_spacing=6, column_spacing=12, margin=12)
        for row, (name, entry) in enumerate(self.entries.items()):
            entry.set_hexpand(True)
            grid.attach(Gtk.Label(label=f"{name}:", xalign=1), 0, row, 1, 1)
            grid.attach(entry, 1, row, 1, 1)
        for kind in KINDS:
            self.kind.append_text(kind)
        self.kind.set_active(0)
        below = len(FIELDS)
        grid.attach(Gtk.Label(label="Bilagstype:", xalign=1), 0, below, 1, 1)
        grid.attach(self.kind, 1, below, 1, 1)
        grid.attach(self.paid, 1, below + 1, 1, 1)
        row_of_buttons = Gtk.Box(spacing=6)
        for button in self.buttons.values():
            row_of_buttons.add(button)
        grid.attach(row_of_buttons, 1, below + 2, 1, 1)
        grid.attach(self._table(), 0, below + 3, 2, 1)
        self.buttons["Slett"].set_sensitive(False)
        self.buttons["Lagre"].connect("clicked", lambda _: self.save())
        self.buttons["Avbryt"].connect("clicked", lambda _: self.empty())
        self.add(grid)

    def _table(self) -> Gtk.Widget:
        view = Gtk.TreeView(model=self.saved)
        for column, name in enumerate(FIELDS):
            view.append_column(Gtk.TreeViewColumn(name, Gtk.CellRendererText(), text=column))
        holder = Gtk.ScrolledWindow(vexpand=True)
        holder.add(view)
        return holder

    def values(self) -> dict[str, object]:
        texts = {name: entry.get_text() for name, entry in self.entries.items()}
        return {**texts, "Bilagstype": self.kind.get_active_text(), "Betalt": self.paid.get_active()}

    def save(self) -> None:
        with self.file.open("a", encoding="utf-8") as file:
            file.write(json.dumps(self.values(), ensure_ascii=False) + "\n")
        self.saved.append([entry.get_text() for entry in self.entries.values()])
        self.empty()

    def empty(self) -> None:
        for entry in self.entries.values():
            entry.set_text("")
        self.paid.set_active(False)
        self.entries[FIELDS[0]].grab_focus()

    def obey(self, line: str) -> None:
        word, _, rest = line.partition(" ")
        getattr(self, f"do_what_{word}")(rest)
        say(line)

    def do_what_pid(self, _: str) -> None:
        say(str(os.getpid()))

    def do_what_tell(self, _: str) -> None:
        say(json.dumps(self.values(), ensure_ascii=False))

    def do_what_move(self, where: str) -> None:
        self.move(*map(int, where.split()))

    def do_what_resize(self, size: str) -> None:
        self.resize(*map(int, size.split()))

    def do_what_minimise(self, _: str) -> None:
        self.iconify()

    def do_what_modal(self, question: str) -> None:
        """A question that must be answered first. Its answer is told as a line `answered NUMBER`."""
        dialog = Gtk.MessageDialog(transient_for=self, modal=True, text=question, buttons=Gtk.ButtonsType.YES_NO)
        dialog.set_title("Spørsmål")
        dialog.connect("response", lambda it, answer: (say(f"answered {int(answer)}"), it.destroy()))
        dialog.show_all()

    def do_what_dialog(self, what: str) -> None:
        """`dialog TITLE FIELD …`: it closes on Enter in any field. One whose name ends in ord is a password."""
        title, *names = what.split(" ")
        dialog = Gtk.Dialog(title=title, transient_for=self, modal=True)
        dialog.add_button("OK", Gtk.ResponseType.OK)
        dialog.set_default_response(Gtk.ResponseType.OK)
        grid = Gtk.Grid(row_spacing=6, column_spacing=12, margin=12)
        entries = {name: Gtk.Entry(activates_default=True, visibility=not name.endswith("ord")) for name in names}
        for row, (name, entry) in enumerate(entries.items()):
            grid.attach(Gtk.Label(label=f"{name}:", xalign=1), 0, row, 1, 1)
            grid.attach(entry, 1, row, 1, 1)
        dialog.get_content_area().add(grid)

        def answer(*_: object) -> None:
            self.given = {name: entry.get_text() for name, entry in entries.items()}
            dialog.destroy()

        dialog.connect("response", answer)
        dialog.show_all()

    def do_what_given(self, _: str) -> None:
        """What was typed into the last dialog."""
        say(json.dumps(self.given, ensure_ascii=False))

    def do_what_tidy(self, name: str) -> None:
        """From now on that field shows an amount with two decimals when it is left."""
        entry = self.entries[name]
        entry.connect("focus-out-event", lambda *_: entry.set_text(f"{float(entry.get_text() or 0):.2f}"))

    def do_what_cover(self, _: str) -> None:
        """A window that stays above, over all of this one, and does not take the keyboard."""
        other = self._other("Dekker", "cover")
        other.set_keep_above(True)
        other.set_accept_focus(False)
        other.move(*self.get_position())
        other.resize(*self.get_size())
        other.show_all()

    def do_what_uncover(self, _: str) -> None:
        self.others.pop("cover").destroy()

    def do_what_steal(self, _: str) -> None:
        other = self._other("Tyv", "steal")
        other.add(Gtk.Entry())
        other.show_all()
        other.present_with_time(Gdk.CURRENT_TIME)

    def do_what_stolen(self, _: str) -> None:
        """What has been typed into the window that took the keyboard."""
        say(self.others["steal"].get_child().get_text())

    def do_what_when(self, what: str) -> None:
        """`when FIELD SIGNAL COMMAND`: the command is obeyed, once, at the field's next signal, and not answered."""
        name, signal_, word, *rest = what.split(" ")
        entry = self.entries[name]

        def now(*_: object) -> None:
            entry.disconnect(handler)
            getattr(self, f"do_what_{word}")(" ".join(rest))

        handler = entry.connect(signal_, now)

    def do_what_later(self, what: str) -> None:
        """`later MILLISECONDS COMMAND`, which is not answered."""
        after, word, rest = what.split(" ", 2)
        GLib.timeout_add(int(after), lambda: getattr(self, f"do_what_{word}")(rest))

    def do_what_hang(self, _: str) -> None:
        os.kill(os.getpid(), signal.SIGSTOP)

    def do_what_die(self, _: str) -> None:
        os._exit(3)

    def do_what_rename(self, names: str) -> None:
        old, new = names.split(" ")
        self.buttons[old].set_label(new)

    def do_what_stubborn(self, question: str) -> None:
        """Ask that question, and do not close, when the window is to be closed."""
        self.connect("delete-event", lambda *_: self.do_what_modal(question) or True)

    def do_what_focus(self, name: str) -> None:
        self.entries[name].grab_focus()

    def do_what_disable(self, name: str) -> None:
        {**self.buttons, **self.entries, "alt": self.get_child()}[name].set_sensitive(False)

    def do_what_enable(self, name: str) -> None:
        {**self.buttons, **self.entries}[name].set_sensitive(True)

    def do_what_reinsert(self, name: str) -> None:
        """Take a button out, and put it in again."""
        button = self.buttons[name]
        holder = button.get_parent()
        holder.remove(button)
        holder.add(button)

    def do_what_dark(self, _: str) -> None:
        Gtk.Settings.get_default().set_property("gtk-application-prefer-dark-theme", True)

    def do_what_scale(self, _: str) -> None:
        Gtk.Settings.get_default().set_property("gtk-xft-dpi", LARGE)

    def do_what_close(self, _: str) -> None:
        self.close()

    def _other(self, title: str, name: str) -> Gtk.Window:
        self.others[name] = Gtk.Window(title=title)
        self.others[name].set_default_size(300, 120)
        return self.others[name]


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def ready(form: Form) -> bool:
    """Say once that the window has the keyboard; until then to be called again."""
    if form.is_active():
        say("ready")
    return not form.is_active()


def main() -> None:
    if len(sys.argv) > 2:
        with socket.socket(socket.AF_UNIX) as talk:
            talk.connect(sys.argv[2])
            for stream in (0, 1):
                os.dup2(talk.fileno(), stream)
    form = Form(Path(sys.argv[1]))

    def read(channel: GLib.IOChannel, _: object) -> bool:
        line = channel.readline()
        if not line:  # whoever started it has gone
            Gtk.main_quit()
            return False
        form.obey(line.strip())
        return True

    channel = GLib.IOChannel.unix_new(0)
    GLib.io_add_watch(channel, GLib.PRIORITY_DEFAULT, GLib.IOCondition.IN | GLib.IOCondition.HUP, read)
    form.show_all()
    GLib.timeout_add(5, ready, form)
    Gtk.main()


if __name__ == "__main__":
    main()
