"""What becomes of each of the starter's selectors where the practice program's pages change: no times, but counts.

`right` is the element meant, `stopped` an error instead of an action, `wrong` another element. In the second half all
fields have new names besides; there count the selectors with a second way.
"""

import tempfile
from collections.abc import Iterable
from pathlib import Path

from tests.mutations.changes import KINDS
from tests.mutations.mutating import Outcome, counted, mutate_all
from tests.mutations.screens import Screens, practice
from tests.mutations.starter import SECOND_LINE, posting, selectors

from bilagsbot.drivers.web.launching import Chromium


def line(name: str, outcomes: Iterable[Outcome]) -> str:
    """One line of the table."""
    cells = []
    held = list(outcomes)
    for healing in (False, True):
        count = counted(one for one in held if one.healing is healing)
        cells.append(f"{count['right']:6}{count['stopped']:9}{count['wrong']:7}")
    return f"  {name:38}{cells[0]}   |{cells[1]}"


def main() -> None:
    """Print the table."""
    browser = Chromium(headed=False, redact=str)
    with tempfile.TemporaryDirectory(prefix="bilagsbot-bench-") as folder, practice(Path(folder)) as program:
        outcomes = mutate_all(selectors(), posting(), Screens(browser.context().new_page(), program), SECOND_LINE)
        browser.close()
    print(f"\n{len(outcomes)} looks for an element\n  {'':38} right  stopped  wrong   | right  stopped  wrong")
    for kind in KINDS:
        print(line(kind, (one for one in outcomes if one.kind == kind)))
    print(line("all", outcomes), flush=True)


if __name__ == "__main__":
    main()
