"""Pages: the templates, and what each of them gets."""

from collections.abc import Callable, Iterator
from secrets import SystemRandom

from jinja2 import Environment, PackageLoader, StrictUndefined

from bilagsbot.practice.exchange import Reply
from bilagsbot.practice.norwegian import amount_text
from bilagsbot.practice.program import NAME, Program

_ENVIRONMENT = Environment(
    loader=PackageLoader("bilagsbot.practice", "pages"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_ENVIRONMENT.filters["amount"] = amount_text
_ENVIRONMENT.globals["program_name"] = NAME


def page(program: Program, template: str, status: int = 200, **values: object) -> Reply:
    """A screen as a reply."""
    knobs = program.knobs.now
    html = _ENVIRONMENT.get_template(template).render(
        name=lambda usual: knobs.rename_field.get(usual, usual),
        new_id=_new_ids(),
        # A function, so that only a page in the main frame takes one off the count.
        surprise=lambda: program.knobs.take("unexpected_alert"),
        closes=lambda: program.knobs.take("close_popup"),
        can_post=not knobs.disable_post,
        **values,
    )
    return Reply(html.encode(), status)


def error_page(program: Program, text: str) -> Reply:
    """A bare page that says what is wrong; as in many old programs its status is 200."""
    return page(program, "feil.html", text=text)


def server_error(program: Program) -> Reply:
    """The program's page for a fault of its own: status 500."""
    return page(program, "serverfeil.html", status=500)


def _new_ids() -> Callable[[], str]:
    """A source of ids that no other load of the page has had, and no other field of this one."""
    numbers: Iterator[int] = iter(SystemRandom().sample(range(1000, 10000), 1000))
    return lambda: f"ctl{next(numbers)}"
