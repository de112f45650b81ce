"""What becomes of a foreign recording: actions, and an account of every one of its commands."""

from collections import Counter
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from bilagsbot.flow.importing.secretwords import Mask, is_secret, script_words, way_texts
from bilagsbot.flow.importing.ways import are_shaky
from bilagsbot.model.recording import Action


class Outcome:
    """The actions so far, which of the file's commands gave them, and which secrets they held.

    A command is mapped, passed over (it does nothing for a flow) or left: there is nothing here like it.
    """

    def __init__(self, shown: str) -> None:
        self.shown, self.now = shown, (0, 0)  # which command it is, and in which line it stands
        self.actions = list[Action]()
        self.passed = Counter[str]()
        self.secrets = set[str]()
        self.commands, self._gave = 0, dict[int, bool]()  # whether a command gave more than notes

    def begin(self, line: int) -> None:
        """The next command, which stands in this line."""
        self.commands += 1
        self.now = (self.commands, line)

    @property
    def source(self) -> str:
        """file:line of the command."""
        return f"{self.shown}:{self.now[1]}"

    def add(self, **told: Any) -> Action:
        """An action that this command gives."""
        command = self.now[0]
        self._gave[command] = told["action"] != "unmapped" or self._gave.get(command, False)
        self.actions.append(Action(n=len(self.actions) + 1, source=self.source, **told))
        return self.actions[-1]

    def typed(self, *about: str, **told: Any) -> Action:
        """An action whose value is, or should be, in a field: a secret one's is not kept.

        `about` is what the file says of the field beside its ways.
        """
        if not is_secret(*about, *way_texts(told.get("ways", ()))):
            return self.add(**told)
        self.secrets |= {told.get("value", ""), told.get("option", "")}
        return self.add(**{**told, "value": "", "option": "", "secret": True})

    def amend(self, action: Action, **changes: Any) -> None:
        """What turned out about an action."""
        self.actions[action.n - 1] = action.model_copy(update=changes)

    def loaded(self) -> None:
        """This command's action loaded a page in its window."""
        last = self.actions[-1] if self.actions else None
        if last and last.source == self.source and last.action in ("click", "press", "choose", "check"):
            self.amend(last, loads=((),))

    def pass_over(self, name: str) -> None:
        """This command does nothing for a flow."""
        self.passed[name] += 1

    def unmapped(self, said: str, why: str = "", where: Mapping[str, object] = MappingProxyType({})) -> None:
        """What this command says, or a part of it, that has no counterpart here."""
        self.add(action="unmapped", value=script_words(said) + (f" ({why})" if why else ""), **where)

    def masked(self) -> None:
        """Take the secrets out of all actions, also where an assertion or an address repeats them."""
        for action in self.actions:
            if action.action == "dialog" and action.option and is_secret(action.value):
                self.secrets.add(action.option)
                self.amend(action, option="", secret=True)
        mask = Mask(self.secrets)
        for action in self.actions:
            repeats = action.action in ("fill", "choose") and mask.text(action.value) != action.value
            self.amend(mask.action(action), **({"value": "", "secret": True} if repeats else {}))

    @property
    def left(self) -> int:
        """How many of them have no counterpart."""
        return list(self._gave.values()).count(False)

    @property
    def mapped(self) -> int:
        """How many of them became a part of the recording."""
        return self.commands - self.left - self.passed.total()

    @property
    def shaky(self) -> list[str]:
        """The lines of the actions whose ways are positions or made-up ids only."""
        shaky = [one for one in self.actions if one.action != "unmapped" and are_shaky(one.ways)]
        return list(dict.fromkeys(one.source.rpartition(":")[2] for one in shaky))

    @property
    def notes(self) -> list[str]:
        """What has no counterpart, each with its line."""
        return [f"{action.source}: {action.value}" for action in self.actions if action.action == "unmapped"]
