"""Windows: the titles of a desktop program's windows as patterns, in which * stands for what changes."""

import re
from collections.abc import Collection, Iterator, Sequence
from fnmatch import fnmatchcase
from pathlib import PurePath

from bilagsbot.flow.drafting.wording import slug
from bilagsbot.model.recording import Action

MAIN = "main"
SHORT = 3  # characters; what is shorter stands in a title by chance
_BETWEEN = re.compile(r"( [-–—|] )")
_ENDING = r"(?=\.[^\W\d]\w{0,7}\W*$)"
_WHOLE_FILE = re.compile(rf"^.+{_ENDING}.*$")
_FILE_NAME = re.compile(rf"^.+{_ENDING}")
_FILE = re.compile(rf"[^\s]+{_ENDING}\S*")
_NUMBER = re.compile(r"[^\s()\[\]]*\d[^\s()\[\]]*")
_MARKS = re.compile(r"^[*•●]\s*|\s*[*•●]$|\s*[(\[](?:modified|changed|unsaved|endret|ulagret)[)\]]", re.I)
GUESSED = "does * stand for all that changes in this title, and for nothing else?"
WHOLE = "this is the title as it was: what changes in it?"


class Windows:
    """`program` is the command that starts it; `texts` are what was keyed, which a title may repeat."""

    def __init__(self, actions: Sequence[Action], program: str, texts: Collection[str]) -> None:
        titles: dict[int, list[str]] = {}
        for action in actions:
            if action.title and action.title not in titles.setdefault(action.window, []):
                titles[action.window].append(action.title)
        self._patterns: dict[tuple[int, str], tuple[str, str]] = {}
        for number, own in titles.items():
            whole = _pattern(own, _others(own, titles), program, texts)
            for title in own:
                apart = {one for each in titles.values() for one in each if one != title}
                alone = whole or _pattern([title], apart, program, texts)
                self._patterns[number, title] = alone or (_literal(title), WHOLE)

    def pattern(self, action: Action) -> str:
        """What a selectors file says of the window that this was done in."""
        known = (pattern for (_, title), (pattern, _) in self._patterns.items() if title == action.title)
        return next(known, "*")

    def doubt(self, pattern: str) -> str:
        """What a person has to look at; empty where it is sure."""
        return next((doubt for known, doubt in self._patterns.values() if known == pattern), "")

    def main(self) -> set[str]:
        """What a selectors file says of the main window: more than one where its titles have nothing in common."""
        return {pattern for (number, _), (pattern, _) in self._patterns.items() if number == 0}

    def first(self, number: int) -> int:
        """The number that the window had when it was open the first time."""
        own = {pattern for (one, _), (pattern, _) in self._patterns.items() if one == number}
        return min((one for (one, _), (pattern, _) in self._patterns.items() if pattern in own), default=number)

    def screen(self, action: Action) -> str:
        """The window's name in the names of targets."""
        main = self.first(action.window) == 0
        return MAIN if main else slug(self.pattern(action)) or f"window_{action.window}"


def _others(own: Sequence[str], titles: dict[int, list[str]]) -> set[str]:
    """The titles of other windows; one with the same title is the same window, opened again."""
    return {title for one in titles.values() if not set(one) & set(own) for title in one}


def _pattern(own: Sequence[str], others: set[str], program: str, texts: Collection[str]) -> tuple[str, str] | None:
    """The widest pattern that fits all titles of a window and none of another, with its doubt."""
    for pattern, doubt in [*_wide(own, program, texts), (_literal(own[0]), WHOLE)]:
        fits = all(_fits(title, pattern) for title in own)
        if fits and re.search(r"[^\W\d_]", pattern) and not any(_fits(title, pattern) for title in others):
            return pattern, "" if pattern == _literal(own[0]) and doubt != WHOLE else doubt
    return None


def _wide(own: Sequence[str], program: str, texts: Collection[str]) -> Iterator[tuple[str, str]]:
    """Patterns that may do, the widest first, each with its doubt."""
    first = own[0]
    pieces = _BETWEEN.split(first)
    name = slug(PurePath(program.split()[0] if program.split() else "").stem)
    if len(pieces) > 1 and name and _alike(name, slug(pieces[-1])):
        yield f"*{pieces[-2]}{_literal(pieces[-1])}", ""
    if len(pieces) > 1 and name and _alike(name, slug(pieces[0])):
        yield f"{_literal(pieces[0])}{pieces[1]}*", ""
    for file in (_WHOLE_FILE, _FILE_NAME) if len(pieces) > 1 else (_FILE,):
        steady = "".join(piece if i % 2 else _steady(piece, texts, file) for i, piece in enumerate(pieces))
        yield re.sub(r"\*(?:[\s*]*\*)+", "*", steady), GUESSED
    if len(own) > 1:
        yield _common(own), GUESSED


def _alike(name: str, said: str) -> bool:
    return bool(said) and (name in said.replace("_", "") or said.replace("_", "") in name)


def _steady(piece: str, texts: Collection[str], file: re.Pattern[str]) -> str:
    """A piece of a title without what changes: marks of what is not saved, a `file`, keyed values, numbers."""
    unmarked = _MARKS.sub("", piece)
    bare = file.sub("\0", unmarked)
    for text in sorted(texts, key=len, reverse=True):
        bare = bare.replace(text, "\0") if len(text) >= SHORT else bare
    bare = _NUMBER.sub("\0", bare)
    marked = _literal(bare).replace("\0", "*")
    return f"*{marked}*" if unmarked != piece else marked


def _common(own: Sequence[str]) -> str:
    """What all titles begin and end with, by whole words."""
    words = [title.split() for title in own]
    least = min(len(one) for one in words)
    before = next((i for i in range(least) if len({one[i] for one in words}) > 1), least)
    after = next((i for i in range(least - before) if len({one[-1 - i] for one in words}) > 1), least - before)
    kept = words[0]
    return f"{_literal(' '.join(kept[:before]))}*{_literal(' '.join(kept[len(kept) - after :]))}"


def _literal(text: str) -> str:
    """A text as a pattern says it."""
    return text.replace("[", "[[]")


def _fits(title: str, pattern: str) -> bool:
    return fnmatchcase(title.casefold(), pattern.casefold())
