"""A flow as plain sentences, for those who have to know what is done and read no YAML."""

import re
from collections.abc import Callable, Iterator, Sequence

from jinja2 import Environment

from bilagsbot.flow.flow import Flow
from bilagsbot.flow.plainwords import HEADINGS, SENTENCES, WORDS
from bilagsbot.model.target import Selectors
from bilagsbot.sinks.words import Language
from bilagsbot.steps.base import Step

HUMAN = ("label", "named", "text", "ocr", "title", "placeholder", "cell")  # ways that say what a person sees
# The template of one value and nothing else: its sign, whose field, its name, and the filters.
_ONE = re.compile(r"\{\{\s*(\(?-)?(item|line|login)\.(\w+)\)?\s*(?:\|\s*([^{}]*?))?\s*\}\}")
_WHERE_THERE_IS_ONE = re.compile(r"\{% if [^%]+ %\}([^%]*)\{% endif %\}")
_FIELD = re.compile(r"(item|line)\.(\w+)")
_SHOWS = re.compile(r"(not )?shows\(\s*['\"]([\w.]+)['\"]\s*\)")


class Plain:
    """Tells one flow. `header` gives the column that a field is read from."""

    def __init__(self, flow: Flow, selectors: Selectors, header: Callable[[str], str], language: Language) -> None:
        self._flow, self._selectors, self._header, self._language = flow, selectors, header, language
        # The sentences are text for a person, never HTML.
        self._jinja = Environment(autoescape=False, trim_blocks=False)  # noqa: S701
        self._jinja.filters.update(thing=self._thing, value=self._value)

    def lines(self) -> Iterator[str]:
        """Line by line: the sections with their steps, numbered as 1, 1.1, …"""
        return (text for text, _ in self.entries())

    def entries(self) -> Iterator[tuple[str, str]]:
        """The same, each line with the file:line of its step, if it tells one."""
        flow = self._flow
        yield f"{flow.name} ({flow.app})", ""
        yield self._word("key", self._listed([self._header(name) for name in flow.key])), ""
        yield self._word("receipt", self._listed([field.label or name for name, field in flow.receipt.items()])), ""
        for section in ("start", "steps", "lookup"):
            if steps := getattr(flow, section):
                yield "", ""
                yield f"{HEADINGS[section][self._language]}:", ""
                yield from self._told(steps, "")

    def _told(self, steps: Sequence[Step], above: str) -> Iterator[tuple[str, str]]:
        number = 0
        for step in steps:
            fields = {name: getattr(step, name) for name in type(step).model_fields}
            text = self._jinja.from_string(SENTENCES[step.verb][self._language]).render(fields, flow=self._flow.name)
            for sentence in filter(None, text.split("\n")):
                number += 1
                said = self._word("when", self._condition(step.when), _lower(sentence)) if step.when else sentence
                yield f"{'  ' * (above.count('.') + 1)}{above}{number}. {said}", step.at
            yield from self._told(step.within(), f"{above}{number}.")

    def _thing(self, name: str) -> str:
        """A target: what a person sees of it, and its name in the selectors file."""
        target = self._selectors.targets.get(name)
        ways = [getattr(anchor, way) for anchor in (target.find if target else ()) for way in HUMAN]
        seen = next((way for way in ways if way), "")
        return self._word("as", self._said(seen.rstrip(":")), name) if seen else name

    def _said(self, text: str) -> str:
        return self._value(text) if "{{" in text else self._word("quoted", text)

    def _value(self, text: object) -> str:
        """What is keyed: a column by its name, anything else as it is written."""
        text = str(text)
        if not text:
            return self._word("nothing")
        bare = _WHERE_THERE_IS_ONE.fullmatch(text)
        one = _ONE.fullmatch(bare[1] if bare else text)
        if one is None:
            return self._word("quoted", text)
        sign, whose, name, filters = one.groups()
        if whose == "login":
            return self._word(name) if name in WORDS else name
        said = self._column(whose, name)
        said = self._word("minus", said) if sign else said
        return self._word("written", said, filters) if filters else said

    def _column(self, whose: str, name: str) -> str:
        return self._word("line_column" if whose == "line" else "column", self._word("quoted", self._header(name)))

    def _condition(self, when: str) -> str:
        """A condition; what is neither a field nor `shows` stays as it is written."""
        if shows := _SHOWS.fullmatch(when):
            return self._word("shows_not" if shows[1] else "shows", self._thing(shows[2]))
        if field := _FIELD.fullmatch(when):
            return self._word("filled", self._column(*field.groups()))
        return when

    def _listed(self, words: Sequence[str]) -> str:
        return ", ".join(words[:-1]) + f" {self._word('and')} " * (len(words) > 1) + words[-1]

    def _word(self, name: str, *parts: str) -> str:
        return WORDS[name][self._language].format(*parts)


def _lower(sentence: str) -> str:
    """In the middle of another; words in capitals stay."""
    return sentence if sentence[:2].isupper() else sentence[:1].lower() + sentence[1:]
