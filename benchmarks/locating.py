"""Finding a button by its picture on a screen of 1920 x 1080: `Images` against `pyautogui.locateOnScreen`, in turns.

The window moves each round, so that what was found before is of no help; the later ways look where nothing moved.
Then what waiting costs, looking ten times a second: CPU time of this process, in % of a core.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import cv2
from tests.drivers.desktop.shows import Shows, button, label

from benchmarks.timing import in_turns, table
from bilagsbot.drivers.desktop.crops import load_crop
from bilagsbot.drivers.desktop.geometry import Rect
from bilagsbot.drivers.desktop.images import Images
from bilagsbot.drivers.desktop.screen import Screen
from bilagsbot.drivers.desktop.texts import Texts

ROUNDS = 31
WAITED = 5.0
THEIRS = "pyautogui.locateOnScreen"
SIZE = (1300, 880)


def form() -> list[dict[str, object]]:
    """A screen as full as an accounting program's, one button of it the one that is looked for."""
    names = [label(f"Leverandør {i}", 20 + 250 * (i % 5), 20 + 40 * (i // 5)) for i in range(100)]
    return [button("Bokfør", 1180, 820), button("Avbryt", 1080, 820), *names]


def moving(shows: Shows, screen: Screen) -> Iterator[Rect]:
    """Where the button is, elsewhere each round."""
    for i in range(ROUNDS):
        there = shows.show(*form(), width=SIZE[0], height=SIZE[1], x=(i * 97) % 600, y=(i * 41) % 190)[0]
        screen.still(screen.rect, 0.1, 5)
        yield there


def busy(look: Callable[[], object]) -> float:
    """The share of a core, in %, that looking ten times a second takes."""
    begun, cpu, looks = time.perf_counter(), time.process_time(), 0
    while time.perf_counter() - begun < WAITED:
        look()
        looks += 1
        time.sleep(max(begun + looks / 10 - time.perf_counter(), 0))
    return 100 * (time.process_time() - cpu) / (time.perf_counter() - begun)


def locate(shows: Shows, screen: Screen, file: Path) -> None:
    """Print what finding takes."""
    os.environ["XDG_SESSION_TYPE"] = "x11"  # else it takes no screenshot, scrot or not
    sys.modules["mouseinfo"] = None  # type: ignore[assignment]  # it ends the process where tkinter is lacking
    import pyautogui
    from PIL import Image

    images, found = Images(screen), shows.show(*form(), width=SIZE[0], height=SIZE[1])
    screen.still(screen.rect, 0.1, 5)
    cv2.imwrite(str(file), screen.grab(found[0]).pixels)
    crop, taken = load_crop(file), list[Image.Image]()

    def theirs(there: Rect) -> None:
        box = pyautogui.locateOnScreen(str(file))
        assert (box.left, box.top) == there[:2]

    def search_alone(there: Rect) -> None:
        box = pyautogui.locate(str(file), taken[-1])
        assert (box.left, box.top) == there[:2]

    def with_picture(there: Rect) -> Rect:
        taken[:] = [Image.fromarray(cv2.cvtColor(screen.grab().pixels, cv2.COLOR_BGR2RGB))]
        return there

    def ours(region: Rect) -> Callable[[Rect], None]:
        def find(there: Rect) -> None:
            assert images.find(crop, region) == [there]

        return find

    def in_window(there: Rect) -> None:
        assert images.find(crop, Rect(there.x - 1180, there.y - 820, *SIZE)) == [there]

    ways = {
        THEIRS: theirs,
        "its search alone, in a picture at hand": search_alone,
        "Images.find, moved": ours(screen.rect),
        "Images.find, nothing changed": ours(screen.rect),
        "Images.find in its window, moved": in_window,
    }
    times = in_turns(ways, map(with_picture, moving(shows, screen)))
    table("A button found by its picture", times, THEIRS, dict.fromkeys(list(ways)[2:], 0.1))


def wait(screen: Screen, file: Path) -> None:
    """Print what waiting takes."""
    images, texts, crop, window = Images(screen), Texts(screen, "eng"), load_crop(file), Rect(40, 60, *SIZE)
    looks = {
        "for a picture, whole screen": lambda: images.find(crop, screen.rect),
        "for a picture, its window": lambda: images.find(crop, window),
        "for a text, whole screen": lambda: texts.find("Kreditnota", screen.rect),
        "for a text, its window": lambda: texts.find("Kreditnota", window),
    }
    print(f"\nWaiting, ten looks a second for {WAITED:.0f} s")
    for name, look in looks.items():
        print(f"  {name:38} {busy(look):8.2f} % of a core", flush=True)
    cpu, begun = time.process_time(), time.perf_counter()
    screen.still(screen.rect, WAITED, 2 * WAITED)
    taken = 100 * (time.process_time() - cpu) / (time.perf_counter() - begun)
    print(f"  {'Screen.still, whole screen':38} {taken:8.2f} % of a core  (at most 3)", flush=True)


def main() -> None:
    """Print the tables."""
    shows = Shows("1920x1080")
    os.environ["DISPLAY"] = shows.display
    try:
        with closing(Screen()) as screen, tempfile.TemporaryDirectory(prefix="bilagsbot-bench-") as folder:
            file = Path(folder) / "button.png"
            locate(shows, screen, file)
            wait(screen, file)
    finally:
        shows.stop()


if __name__ == "__main__":
    main()
