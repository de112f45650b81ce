"""Every benchmark in turn, each in a process of its own: `make bench`."""

import subprocess
import sys

NAMES = (
    "keying", "challenge.run", "miniwob.solve", "first_field", "startup", "reading", "receipt_workbook", "ledger",
    "locating", "homebank", "mutations", "sessions",
)  # fmt: skip

for name in NAMES:
    print(f"\n# benchmarks.{name}", flush=True)
    subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=False)
