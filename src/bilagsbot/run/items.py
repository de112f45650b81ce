"""The items of a workbook, all at once, as a run keys them."""

from pathlib import Path

from bilagsbot.model.errors import BadInput
from bilagsbot.run.batch import Batch
from bilagsbot.run.bot import Job
from bilagsbot.run.verdicts import Verdicts, values_of
from bilagsbot.tables import xlsx
from bilagsbot.tables.base import Table

__all__ = ["Batch", "demand", "read_batch", "read_table", "values_of"]


def read_table(job: Job, workbook: Path) -> Table:
    """The rows of a workbook in the columns that the job needs. Raises BadInput where it is no table of that form."""
    given, specs = job.bot.input, [*job.flow.item.items(), *job.flow.lines.items()]
    needed = [job.header(name) for name, spec in specs if spec.required or name in given.columns]
    optional = [job.header(name) for name, spec in specs if not spec.required and name not in given.columns]
    return xlsx.read(workbook, given.sheet, given.header_row, needed, optional)


def read_batch(job: Job, workbook: Path) -> Batch:
    """The items of a workbook, with every mistake of every row. Raises BadInput where it is no table of that form."""
    table = read_table(job, workbook)
    return Batch(table, Verdicts(job, table))


def demand(batch: Batch, valid_only: bool) -> None:
    """Raise BadInput with all mistakes, unless only the valid rows are asked for and there are some."""
    mistakes = batch.mistakes
    if mistakes and not (valid_only and batch.items):
        raise BadInput(mistakes)
