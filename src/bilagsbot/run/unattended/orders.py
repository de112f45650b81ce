"""Standing orders: what the workspace's bots ask of a worker, read again when one of their files changes."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from loguru import logger

from bilagsbot.flow.yamlfile import read
from bilagsbot.model.errors import BadInput
from bilagsbot.run.bot import Bot, bot_names
from bilagsbot.run.store import Store
from bilagsbot.run.unattended.holding import held


@dataclass
class Orders:
    """The bots of a workspace whose own file is right; the flow and the rows are looked at when a run starts."""

    workspace: Path
    _known: dict[str, tuple[tuple[int, int], Bot | None]] = field(default_factory=dict)

    def bots(self) -> dict[str, Bot]:
        """Each bot by name. A file with mistakes is told of in the log, once."""
        now: dict[str, tuple[tuple[int, int], Bot | None]] = {}
        for name in bot_names(self.workspace):
            try:
                found = (self.workspace / "bots" / f"{name}.yaml").stat()
            except OSError:
                continue
            stamp = (found.st_mtime_ns, found.st_size)
            known = self._known.get(name)
            now[name] = known if known and known[0] == stamp else (stamp, self._read(name))
        self._known = now
        return {name: bot for name, (_, bot) in now.items() if bot}

    def _read(self, name: str) -> Bot | None:
        try:
            file = read(self.workspace / "bots" / f"{name}.yaml", f"bots/{name}.yaml")
            bot = file.parse(Bot, file.value)
            if bot is None or file.mistakes:
                raise BadInput(file.mistakes)
        except BadInput as bad:
            logger.warning("{} is neither started nor watched for: {}", name, bad)
            return None
        return bot.model_copy(update={"name": name})


def next_starts(workspace: Path, store: Store, now: datetime) -> dict[str, datetime]:
    """When each bot with a schedule starts next, without those whose schedule is paused."""
    paused = held(store)
    found = {
        name: next(bot.schedule.starts(now), None)
        for name, bot in Orders(workspace).bots().items() if bot.schedule and name not in paused
    }  # fmt: skip
    return {name: at for name, at in found.items() if at}
