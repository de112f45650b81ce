"""Holding: a person pauses a bot's schedule, for all workers, until it is let go again."""

import sqlalchemy as sa

from bilagsbot.run.schema import held_schedules
from bilagsbot.run.store import Store


def hold(store: Store, bot: str, by: str) -> bool:
    """Pause a bot's schedule; gives False where it is paused already, by whom and when stays as it was."""
    try:
        with store.transaction() as connection:
            connection.execute(held_schedules.insert().values(bot=bot, by=by, at=store.now))
    except sa.exc.IntegrityError:
        return False
    return True


def let_go(store: Store, bot: str) -> bool:
    """Resume a bot's schedule; gives False where it was not paused."""
    with store.transaction() as connection:
        return connection.execute(held_schedules.delete().where(held_schedules.c.bot == bot)).rowcount > 0


def held(store: Store) -> dict[str, tuple[str, float]]:
    """The paused bots: by whom, and since when, in Unix seconds."""
    with store.reading() as connection:
        rows = connection.execute(sa.select(held_schedules.c.bot, held_schedules.c.by, held_schedules.c.at))
        return {bot: (by, at) for bot, by, at in rows}
