"""A GTK 3 window of real labels and buttons, run by the system's Python: what to show comes as JSON lines.

    {"dark": false, "x": 40, "y": 60, "width": 600, "height": 400, "dpi": 96,
     "widgets": [{"kind": "label", "text": "Beløp", "x": 10, "y": 10, "px": 11}, …]}

Each line makes the window anew; the answer, a line, is the rects of the widgets on the screen.
"""

import json
import sys

import gi

gi.require_version("Gtk", "3.0")
from gi.repository import Gdk, GLib, Gtk  # noqa: E402


def widget(given: dict) -> Gtk.Widget:
    made = Gtk.Button(label=given["text"]) if given["kind"] == "button" else Gtk.Label(label=given["text"])
    made.set_sensitive(given.get("sensitive", True))
    css = f"* {{ font-family: 'DejaVu Sans'; font-size: {given.get('px', 13)}px; {given.get('css', '')} }}"
    style = Gtk.CssProvider()
    style.load_from_data(css.encode())
    for part in (made, made.get_child() if given["kind"] == "button" else made):
        part.get_style_context().add_provider(style, Gtk.STYLE_PROVIDER_PRIORITY_USER)
    return made


def show(given: dict) -> None:
    settings = Gtk.Settings.get_default()
    settings.props.gtk_application_prefer_dark_theme = given.get("dark", False)
    settings.props.gtk_xft_dpi = given.get("dpi", 96) * 1024
    settings.props.gtk_enable_animations = False
    window = Gtk.Window(type=Gtk.WindowType.POPUP)
    area, made = Gtk.Fixed(), [widget(one) for one in given["widgets"]]
    for one, where in zip(made, given["widgets"], strict=True):
        area.put(one, where["x"], where["y"])
    window.add(area)
    window.set_size_request(given.get("width", 600), given.get("height", 400))
    window.move(given.get("x", 40), given.get("y", 60))
    window.show_all()
    if shown:
        shown.pop().destroy()
    shown.append(window)
    while Gtk.events_pending():
        Gtk.main_iteration()
    GLib.timeout_add(30, tell, window, made)


def tell(window: Gtk.Window, made: list) -> bool:
    Gdk.Display.get_default().sync()
    left, top = window.get_window().get_origin()[1:]
    rects = [(left + a.x, top + a.y, a.width, a.height) for a in (one.get_allocation() for one in made)]
    sys.stdout.write(json.dumps(rects) + "\n")
    sys.stdout.flush()
    return False


def heard(channel: GLib.IOChannel, _: object) -> bool:
    line = sys.stdin.readline()
    if not line:
        Gtk.main_quit()
        return False
    show(json.loads(line))
    return True


shown: list = []
GLib.io_add_watch(sys.stdin, GLib.PRIORITY_DEFAULT, GLib.IO_IN | GLib.IO_HUP, heard)
Gtk.main()
