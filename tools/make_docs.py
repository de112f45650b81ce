"""Make what of docs/ can be made from the code: the schemas for editors, and the reference.

Run it from anywhere: uv run python tools/make_docs.py. With --check it writes nothing and names what is not current.
"""

import json
import sys
from pathlib import Path

from editor_schemas import schemas
from reference import reference

ROOT = Path(__file__).parents[1]


def made() -> dict[Path, str]:
    """Every generated file with its content."""
    files = {
        ROOT / "docs" / "schemas" / name: json.dumps(schema, indent=1, ensure_ascii=False) + "\n"
        for name, schema in schemas().items()
    }
    files[ROOT / "docs" / "reference.md"] = reference(ROOT)
    return files


def main(arguments: list[str]) -> int:
    """Write the files, or with --check compare them; gives the exit code."""
    differ = [
        path for path, text in made().items() if not path.exists() or path.read_text(encoding="utf-8") != text
    ]  # fmt: skip
    if "--check" in arguments:
        sys.stderr.writelines(f"{path.relative_to(ROOT)} is not current: run tools/make_docs.py\n" for path in differ)
        return 1 if differ else 0
    for path in differ:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(made()[path], encoding="utf-8", newline="\n")
        sys.stdout.write(f"{path.relative_to(ROOT)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
