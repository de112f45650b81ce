"""pick: point at an element in a page, and have its selector written or mended."""

import difflib
import sys
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from bilagsbot.cli.workspace import Workspace, find_workspace
from bilagsbot.drivers.notebook import Notebook
from bilagsbot.flow.drafting.files import selectors_text, target_said, with_targets
from bilagsbot.flow.drafting.targets import Drafted, Targets
from bilagsbot.flow.drafting.yamltext import CHECK, inline
from bilagsbot.flow.folders import wrong_name
from bilagsbot.flow.load import load_selectors
from bilagsbot.flow.reorder import renewed
from bilagsbot.model.errors import BadInput, Mistake, Stopped, writable
from bilagsbot.model.recording import Head
from bilagsbot.model.target import Selectors
from bilagsbot.run.secrets import Redactor
from bilagsbot.sinks.words import Language

HOW = "Go to where the element is, press the bar's button, and point at it."


def pick(
    target: Annotated[str, typer.Argument(metavar="APP.NAME", help="As in sqlledger.invoice.number.")],
    url: Annotated[str, typer.Option(help="Where the web program answers.")] = "",
    attach: Annotated[str, typer.Option(metavar="CDP", help="A browser that is open, e.g. http://127.0.0.1:9222")] = "",
    language: Annotated[Language, typer.Option("--language", "-l", help="The bar's: `nb` or `en`.")] = "nb",
    workspace: Workspace = None,
) -> None:
    """Writes selectors/APP.yaml, and shows what is changed; what else the target says stays as it is."""
    folder = find_workspace(workspace)
    app, _, name = target.partition(".")
    if not name or wrong_name(app) or not all(name.split(".")):
        raise BadInput([Mistake("pick", f"'{target}' is no target.", "Write APP.NAME, as in practice.invoice.number.")])
    if not url and not attach:
        raise BadInput([Mistake("--url", "it is not said where to pick.", "Write --url http://…, or --attach.")])
    file = folder / "selectors" / f"{app}.yaml"
    existing = load_selectors(folder, app) if file.exists() else None
    _refuse_template(existing, app, name)
    drafted = _picked(name, url, attach, language)
    before = file.read_bytes().decode() if file.exists() else ""
    after = _written(before, existing, drafted, app)
    shown = f"selectors/{app}.yaml"
    print("\n".join(difflib.unified_diff(before.splitlines(), after.splitlines(), shown, shown, n=1, lineterm="")))
    with writable(shown):
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(after.encode())
    for note in drafted.notes:
        print(f"{CHECK}{note}")


def _refuse_template(existing: Selectors | None, app: str, name: str) -> None:
    known = existing.targets.get(name) if existing else None
    if known and any("{{" in text for text in known.texts()):
        what = f"{name} has templates in it, which one element cannot tell."
        raise BadInput([Mistake(f"selectors/{app}.yaml", what, "Edit it by hand.")])


def _picked(name: str, url: str, attach: str, language: Language) -> Drafted:
    """Raises Stopped where the person went without pointing at anything."""
    from bilagsbot.drivers.web.recorded import RecordedPages
    from bilagsbot.drivers.web.recorder.recorder import Recorder
    from bilagsbot.drivers.web.recorder.words import words
    from bilagsbot.drivers.web.recording import record

    redact = Redactor()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary:  # nothing of it is kept
        notebook = Notebook(Path(temporary) / "pick", Head(recording="pick"), redact)
        recorder = Recorder(notebook, redact.hide, words(language), picks=True)
        print(HOW, file=sys.stderr, flush=True)
        record(recorder, url, attach, redact)
        if recorder.picked is None:
            raise Stopped("Nothing was pointed at, so nothing is written.")
        with RecordedPages(notebook.folder) as pages:
            targets = Targets(pages.hits, None)
            targets.of(recorder.picked.model_copy(update={"loads": ()}), name)
    return targets.new[0]


def _written(before: str, existing: Selectors | None, drafted: Drafted, app: str) -> str:
    """Raises BadInput where only a person can edit the file."""
    if existing is None:
        return selectors_text(app, [drafted])
    known = existing.targets.get(drafted.name)
    if known is None:
        after = with_targets(before, [drafted], existing.frame)
    else:
        said = target_said(drafted.target, existing.frame)
        after = renewed(before, drafted.name, inline(said["find"]), inline(said.get("is", {})))
        if known.frame != drafted.target.frame:
            drafted.notes.append(f"it stands in frame {'/'.join(drafted.target.frame)}, not {'/'.join(known.frame)}")
    if after is None:
        instead = f"Write there:\n{selectors_text(app, [drafted])}"
        raise BadInput([Mistake(f"selectors/{app}.yaml", "it is written so that only a person can edit it.", instead)])
    return after
