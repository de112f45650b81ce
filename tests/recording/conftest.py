"""The practice program and a workspace, as tests/run has them."""

from tests.run.conftest import office, program

__all__ = ["office", "program"]
