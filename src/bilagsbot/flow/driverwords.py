"""What only one driver understands: it is told where it is written, and not passed over in silence."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from bilagsbot.flow.yamlnodes import Path_
from bilagsbot.model.target import DESKTOP_WAYS, WEB_WAYS, Selectors

Problem = tuple[Path_, str, str]  # the path, what is wrong, what to write instead
# Keys of a target, of its ways to find it, and of its `is`.
DESKTOP_KEYS = ("window", "commit", "moves", "verify", "steady", "enabled", "beside")
WEB_KEYS = ("frame", "reloads", "tag", "name", "near", "label")
WEB_STEPS = {
    "open": "The program is started with the session; wait for its window with 'wait_for: TARGET'.",
    "upload": "Fill in the program's file dialog.",
    "download": "Fill in the program's file dialog.",
}


def of_another_driver(selectors: Selectors, raw: Mapping[object, object]) -> Iterator[Problem]:
    """Ways and keys of the other driver. `raw` are the targets as they are written."""
    desktop = selectors.driver == "desktop"
    foreign, known = (WEB_WAYS, DESKTOP_WAYS) if desktop else (DESKTOP_WAYS, WEB_WAYS)
    for name, target in selectors.targets.items():
        for i, anchor in enumerate(target.find):
            if anchor.way in foreign:
                what = f"'{anchor.way}' is no way to find a thing with driver: {selectors.driver}."
                yield ("targets", name, "find", i), what, f"Ways: role, label, text, {', '.join(known)}."
        if desktop and not target.window and not any(anchor.file for anchor in target.find):
            yield ("targets", name), "it is not said which window this is in.", "Add 'window: TITLE', here or above."
        written = raw.get(name)
        for path, key in _keys(written) if isinstance(written, dict) else ():
            if key in (WEB_KEYS if desktop else DESKTOP_KEYS) and not (key in ("name", "label") and path[0] == "find"):
                what = f"'{key}' means nothing with driver: {selectors.driver}."
                yield ("targets", name, *path), what, "Remove it."


def no_pictures(selectors: Selectors, folder: Path) -> Iterator[Problem]:
    """Pictures that are not in the folder."""
    for name, target in selectors.targets.items():
        for i, anchor in enumerate(target.find):
            if anchor.image and not (folder / anchor.image).is_file():
                what = f"there is no picture selectors/{folder.name}/{anchor.image}."
                yield ("targets", name, "find", i), what, "Cut it from the screen, and save it there as a PNG."


def _keys(target: Mapping[object, object]) -> Iterator[tuple[Path_, object]]:
    """Every key of a target, of its ways and of its `is`, with its path within the target."""
    for key in target:
        yield (str(key),), key
    find = target.get("find")
    for i, anchor in enumerate(find) if isinstance(find, list) else [(None, find)]:
        for key in anchor if isinstance(anchor, dict) else ():
            yield ("find", *(() if i is None else (i,)), str(key)), key
    for key in is_ if isinstance(is_ := target.get("is"), dict) else ():
        yield ("is", str(key)), key
