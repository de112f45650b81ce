"""The windows and frames of a foreign recording: numbers and names, with a note where they are not to be told."""

from bilagsbot.flow.importing.outcome import Outcome

BLANK = ("", "about:blank", "chrome://newtab/", "chrome://new-tab-page/")


class Windows:
    """Numbers windows in the order in which they are spoken of; each but the first comes with a `popup`."""

    def __init__(self, out: Outcome) -> None:
        self._out, self._numbers, self._count = out, dict[str, int](), 0
        self._told = set[str]()

    def number(self, name: str) -> int:
        """The window's number; one that is new has just opened."""
        if name not in self._numbers:
            self._numbers[name] = self._count
            self._count += 1
            if self._numbers[name]:
                self._out.add(action="popup", window=self._numbers[name])
        return self._numbers[name]

    def known(self, name: str) -> bool:
        """Whether something was done in the window before."""
        return name in self._numbers

    def alias(self, name: str, number: int) -> None:
        """Another name for a window."""
        self._numbers[name] = number
        self._count = max(self._count, number + 1)

    def close(self, number: int) -> None:
        """A window was closed. What has its name later is another one."""
        self._out.add(action="closed", window=number)
        self._numbers = {name: one for name, one in self._numbers.items() if one != number}

    def frame_name(self, name: str, said: str) -> str:
        """A frame's name. Where only `said` is known of it, that stands in its place: no frame has such a name, so a
        flow made of it stops there instead of looking in the wrong frame."""
        if not name and said not in self._told:
            self._told.add(said)
            self._out.unmapped(f"frame: {said}", "frames are found by name: write the name there")
        return name or said
