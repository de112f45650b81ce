"""The program behind the screens: what every one of them needs."""

from dataclasses import dataclass

from bilagsbot.practice.live_knobs import LiveKnobs
from bilagsbot.practice.sessions import Sessions
from bilagsbot.practice.store import Store
from bilagsbot.practice.work import Work

NAME = "Øvelse Regnskap"


@dataclass(frozen=True)
class Program:
    """One running practice program, its one user, and the name of its cookie."""

    store: Store
    knobs: LiveKnobs
    user: str
    password: str
    cookie: str
    sessions: Sessions
    work: Work
