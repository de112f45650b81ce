"""The person of a run step by step: at the terminal."""

import sys

from bilagsbot.model.errors import BadInput, Mistake
from bilagsbot.run.stepping import Talk


def terminal() -> Talk:
    """Say on stderr, ask there and read the keyboard. Raises BadInput where nobody is at one."""
    if not sys.stdin.isatty():
        raise BadInput([Mistake("--step", "nobody is at the keyboard to say when.", "Start it in a terminal.")])

    def say(text: str) -> None:
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()

    def ask(text: str) -> str:
        sys.stderr.write(text)
        sys.stderr.flush()
        return sys.stdin.readline() or "q"  # the end of the input is no yes

    return Talk(say, ask)
