"""The other steps, each on a screen, with templates, conditions, timeouts and places."""

from pathlib import Path

import pytest

from bilagsbot.drivers.fake import FakeDriver
from bilagsbot.drivers.fakescreen import FakeField
from bilagsbot.model.errors import Rejected, StepFailed, Stopped
from bilagsbot.steps.base import Scope, Step, perform, walk
from bilagsbot.steps.capture import Capture
from bilagsbot.steps.choose import Choose
from bilagsbot.steps.click import Click
from bilagsbot.steps.dialog import Dialog
from bilagsbot.steps.download import Download
from bilagsbot.steps.fill import Fill
from bilagsbot.steps.for_each import ForEach
from bilagsbot.steps.include import Include
from bilagsbot.steps.open import Open
from bilagsbot.steps.pause import Pause
from bilagsbot.steps.popup import Popup
from bilagsbot.steps.press import Press
from bilagsbot.steps.reject_if import RejectIf
from bilagsbot.steps.submit import Submit
from bilagsbot.steps.upload import Upload
from bilagsbot.steps.wait_for import WaitFor

from .conftest import FakeScope
from .leading import Leader

Notes = list[tuple[str, str, str]]


def done(scope: Scope) -> list[tuple[str, ...]]:
    assert isinstance(scope.driver, FakeDriver)
    return scope.driver.done


def test_a_condition_decides(on_fake: FakeScope) -> None:
    scope = on_fake({"a": FakeField(), "gone": FakeField(visible=False)})
    for when in ("item.no", "shows('a')", "not shows('gone')", "item.no == 'F-1' and not item.empty"):
        Click(on="a", when=when).perform(scope)
    for when in ("item.empty", "shows('gone')", "not shows('a')"):
        Click(on="a", when=when).perform(scope)
    assert done(scope) == [("click", "a")] * 4
    with pytest.raises(StepFailed, match=r"has no 'gnoe'. Did you mean 'gone'?"):
        Click(on="a", when="shows('gnoe')").perform(scope)


def test_a_timeout_is_for_its_step_alone_and_a_failure_names_its_place(on_fake: FakeScope) -> None:
    seen: list[float] = []
    scope = on_fake({"a": FakeField()}, on={"a": lambda driver: seen.append(driver.timeout)})
    scope.driver.timeout = 3
    steps = [Click(on="a", timeout=60), Click(on="a"), Click(on="missing", timeout=9, at="flows/x.yaml:7")]
    with pytest.raises(StepFailed, match=r"missing is not on the screen \(flows/x.yaml:7\)"):
        perform(steps, with_missing(scope))
    assert seen == [60, 3]
    assert scope.driver.timeout == 3


def with_missing(scope: Scope) -> Scope:
    """The same, with a target that is in the selectors and not on the screen."""
    targets = scope.selectors.targets
    targets["missing"] = targets["a"].model_copy(update={"name": "missing"})
    return scope


def test_the_innermost_place_is_named(on_fake: FakeScope) -> None:
    scope = with_missing(on_fake({"a": FakeField()}))
    inner = Click(on="missing", at="flows/inner.yaml:2")
    with pytest.raises(StepFailed, match=r"\(flows/inner.yaml:2\)$"):
        Include(file="inner", steps=(inner,), at="flows/outer.yaml:5").perform(scope)


def test_a_person_may_stop_between_steps(on_fake: FakeScope, leader: Leader) -> None:
    scope = on_fake({"a": FakeField()})
    leader.stop_at = 2
    with pytest.raises(Stopped):
        perform([Click(on="a"), Click(on="a")], scope)
    assert done(scope) == [("click", "a")]


def test_every_line_of_the_item_with_its_number(on_fake: FakeScope) -> None:
    scope = on_fake({"konto": FakeField()}, targets={"konto": {"find": {"name": "konto_{{ n }}"}}})
    steps = (Fill(fields={"konto": "{{ n }}: {{ line.account }}"}),)
    ForEach(over="line", steps=steps).perform(scope)
    assert done(scope) == [("fill", "konto", "1: 6300"), ("fill", "konto", "2: 6800")]
    assert [target.find[0].name for target, _ in scope.keyed.values()] == ["konto_1", "konto_2"]
    assert "line" not in scope.values


def test_walk_finds_the_steps_within(on_fake: FakeScope) -> None:
    inner = Click(on="a")
    steps: list[Step] = [Popup(opener="b", steps=(inner,)), Include(file="x", steps=(inner,)), inner]
    assert list(walk(steps)) == [steps[0], inner, steps[1], inner, inner]
    assert [name for step in walk(steps) for name in step.targets()] == ["b", "a", "a", "a"]


def test_a_popup_goes_and_comes_back(on_fake: FakeScope) -> None:
    scope = on_fake({"sok": FakeField(), "velg": FakeField()})
    Popup(opener="sok", steps=(Click(on="velg"),)).perform(scope)
    assert done(scope) == [("click", "sok"), ("click", "velg"), ("popup closed", "sok")]


def test_a_person_is_asked_unless_it_is_done_already(on_fake: FakeScope, leader: Leader) -> None:
    scope = on_fake({"inne": FakeField(visible=False)})
    assert isinstance(scope.driver, FakeDriver)
    with pytest.raises(StepFailed, match="inne is not on the screen"):
        Pause(message="Logg inn som {{ login.username }}", until="inne").perform(scope)
    scope.driver.fields["inne"].visible = True
    Pause(message="aldri", until="inne").perform(scope)
    Pause(message="Sjekk bilaget").perform(scope)
    assert leader.asked == ["Logg inn som ola", "Sjekk bilaget"]


def test_dialogs_are_answered_as_said(on_fake: FakeScope) -> None:
    said: list[tuple[bool, str]] = []

    def ask(driver: FakeDriver) -> None:
        answer = driver.ask("prompt", "Grunn for F-1?")
        said.append((answer.accept, answer.text))

    scope = on_fake({"a": FakeField()}, on={"a": ask})
    for long in ("accept", "dismiss", {"text": "{{ item.no }}", "says": "grunn for {{ item.no }}"}):
        Dialog.model_validate(Dialog.long(long)).perform(scope)
        Click(on="a").perform(scope)
    assert said == [(True, ""), (False, ""), (True, "F-1")]


def test_the_programs_words_reject_the_item(on_fake: FakeScope) -> None:
    scope = on_fake({"feil": FakeField(" Beløp\n mangler "), "ok": FakeField(visible=False)})
    RejectIf(shows="ok").perform(scope)
    RejectIf(shows="feil", says="fakturanr").perform(scope)
    with pytest.raises(Rejected, match=r"^Beløp mangler$"):
        RejectIf(shows="feil", says="{{ 'BELØP' }}").perform(scope)


@pytest.mark.parametrize(
    ("matching", "value"), [("", "Bilag 10432 er bokført"), (r"Bilag (\d+)", "10432"), (r"\d+", "10432")]
)
def test_what_the_screen_shows_becomes_the_receipt(on_fake: FakeScope, matching: str, value: str) -> None:
    scope = on_fake({"status": FakeField(" Bilag 10432 er bokført ")})
    Capture(fields={"no": "status"}, matching=matching).perform(scope)
    assert scope.captured == {"no": value}


@pytest.mark.parametrize(
    ("shown", "matching", "why"),
    [("Feil", r"(\d+)", r"status shows 'Feil', which does not match"), ("  ", "", "status is empty"),
     ("Bilag ", r"Bilag (\d*)", "status is empty")],
)  # fmt: skip
def test_no_receipt_is_a_failure(on_fake: FakeScope, shown: str, matching: str, why: str) -> None:
    scope = on_fake({"status": FakeField(shown)})
    with pytest.raises(StepFailed, match=why):
        Capture(fields={"no": "status"}, matching=matching).perform(scope)
    assert scope.captured == {}


def test_capture_reads_the_title_and_the_address(on_page: FakeScope) -> None:
    scope = on_page(
        "<script>document.title = 'Bilag 7 bokført'; history.replaceState({}, '', '/vis?nr=7')</script>",
        tittel={"find": {"document": "title"}}, adresse={"find": {"document": "url"}},
    )  # fmt: skip
    Capture(fields={"no": "tittel", "nr": "adresse"}, matching=r"\D(7)\b").perform(scope)
    assert scope.captured == {"no": "7", "nr": "7"}


def test_secrets_are_neither_read_back_nor_written_down(on_fake: FakeScope, notes: Notes) -> None:
    scope = on_fake({"passord": FakeField(), "bruker": FakeField(), "liste": FakeField(options=("ola",))})
    Fill(fields={"bruker": "{{ login.username }}", "passord": "{{ login['password'] }}"}).perform(scope)
    Fill(fields={"passord": "{% set p = login %}{{ p.password }}"}).perform(scope)
    Choose(fields={"liste": "{{ login.username }}"}).perform(scope)
    assert [value for _, _, value in notes] == ["***"] * 4
    assert "passord" not in str(scope.keyed)
    assert scope.driver.read(scope.target("passord")) == "hemmelig-42"
    Fill(fields={"bruker": "login"}).perform(scope)  # the word alone is no secret
    assert notes[-1] == ("fill", "bruker", "login")


def test_files_go_in_and_out(on_fake: FakeScope, tmp_path: Path, notes: Notes) -> None:
    scope = on_fake({"vedlegg": FakeField(), "hent": FakeField()}, files={"hent": ("kvittering.pdf", b"x")})
    (tmp_path / "bilag").mkdir()
    (tmp_path / "bilag" / "F-1.pdf").touch()
    Upload(fields={"vedlegg": "bilag/{{ item.no }}.pdf"}).perform(scope)
    Download(on="hent", receipt="fil").perform(scope)
    assert scope.captured == {"fil": "downloads/kvittering.pdf"}
    assert (scope.folder / scope.captured["fil"]).read_bytes() == b"x"
    assert notes == [("upload", "vedlegg", "F-1.pdf"), ("download", "hent", "downloads/kvittering.pdf")]
    with pytest.raises(StepFailed, match=r"there is no file 'bilag/mangler.pdf' to upload to vedlegg"):
        Upload(fields={"vedlegg": "bilag/mangler.pdf"}).perform(scope)


def test_the_plain_verbs_reach_the_driver(on_fake: FakeScope, leader: Leader) -> None:
    scope = on_fake({"a": FakeField(), "gone": FakeField(visible=False)})
    steps = (
        Open(url="{{ target.url }}/x"), Press(key="F5"), Press(key="Tab", on="a"), WaitFor(target="a"),
        WaitFor(target="gone", gone=True), Submit(on="a"),
    )  # fmt: skip
    perform(steps, scope)
    assert done(scope) == [("open", "http://program/x"), ("press", "", "F5"), ("press", "a", "Tab"), ("submit", "a")]
    assert leader.submitted == ["a"]
