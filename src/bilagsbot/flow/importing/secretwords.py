"""Secrets in foreign recordings: which fields hold them, and texts without them."""

import re
from collections.abc import Iterable
from urllib.parse import quote, quote_plus

from bilagsbot.model.recording import Action
from bilagsbot.model.target import Anchor

MASK = "***"
SHORTEST = 4  # a shorter secret would blank out half of every text: it is masked only where it stands alone
_FIELD = re.compile(
    r"passw|passord|passwd|pwd|pinkode|pin.?code|engangs|one.?time.?(?:code|pass)|token|secret|hemmelig|"
    r"(?<![a-zæøå])(?:pin|otp)(?![a-zæøå])",
    re.I,
)
_ADDRESS = re.compile(rf"(?P<before>[?&;#][^=&\s]*(?:{_FIELD.pattern})[^=&\s]*=)[^&#\s]+", re.I)
_QUOTED = re.compile(r"""(["'`])(?:\\.|(?!\1).)*\1""", re.S)


def is_secret(*texts: str) -> bool:
    """Whether words about a field say that a secret is typed into it."""
    return any(_FIELD.search(text) or re.search(r"[a-z](?:Pin|PIN|Otp)(?![a-z])", text) for text in texts)


def way_texts(ways: Iterable[Anchor]) -> list[str]:
    """What ways say of the thing that they find."""
    return [value for way in ways for value in (getattr(way, way.way), way.named) if value]


def script_words(text: str) -> str:
    """A script or condition, without its quoted texts where it speaks of a secret."""
    return _QUOTED.sub(f"'{MASK}'", text) if is_secret(text) else text


def address(url: str) -> str:
    """An address without a user's name and password, and without what its query calls a secret."""
    return _ADDRESS.sub(rf"\g<before>{MASK}", re.sub(r"(?<=//)[^/@\s]+@", "", url))


class Mask:
    """Takes secrets out of texts, also as they stand in addresses."""

    def __init__(self, secrets: Iterable[str]) -> None:
        whole = {secret for secret in secrets if secret.strip()}
        self._alone = whole
        forms = {form for one in whole if len(one) >= SHORTEST for form in (one, quote(one, safe=""), quote_plus(one))}
        self._within = sorted(forms, key=len, reverse=True)

    def text(self, text: str) -> str:
        """The text, masked."""
        if text in self._alone:
            return MASK
        for secret in self._within:
            text = text.replace(secret, MASK)
        return text

    def action(self, action: Action) -> Action:
        """The action, masked in all that comes from the file."""
        ways = tuple(
            way.model_copy(update={part: self.text(getattr(way, part)) for part in (way.way, "named")
                                   if part != "document"})
            for way in action.ways
        )  # fmt: skip
        frame = tuple(self.text(name) for name in action.frame)
        texts = {part: self.text(getattr(action, part)) for part in ("url", "title", "value", "option")}
        texts["url"] = address(texts["url"])
        return action.model_copy(update={**texts, "ways": ways, "frame": frame})
