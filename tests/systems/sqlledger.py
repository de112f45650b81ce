"""SQL-Ledger from Debian, on a web server, a database and in folders of the test's own."""

import os
import re
import shutil
import signal
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

from .postgres import Postgres, as_user, free_port

PACKAGES = ("sql-ledger", "lighttpd", "postgresql", "libdbd-pg-perl")
PROGRAM = Path("/usr/share/sql-ledger")
OWN = ("sql-ledger.conf", "users", "spool", "templates", "css")
DATABASE, TEMPLATE = "slacme", "sltemplate"
USERNAME, PASSWORD = f"admin@{DATABASE}", "clerkpw7"
WEB_SERVER = """
server.modules = ("mod_cgi", "mod_alias", "mod_setenv")
server.document-root = "{program}"
server.bind = "127.0.0.1"
server.port = {port}
server.pid-file = "{folder}/lighttpd.pid"
server.errorlog = "{folder}/error.log"
{user}
alias.url = ("/sql-ledger/" => "{program}/")
mimetype.assign = (".css" => "text/css", ".png" => "image/png", ".gif" => "image/gif", ".html" => "text/html")
cgi.assign = (".pl" => "/usr/bin/perl")
setenv.add-environment = ("PATH" => "/usr/local/bin:/usr/bin:/bin")
"""
VENDORS = """
insert into vendor (name, vendornumber, curr, arap_accno_id, startdate, terms)
select name, number, 'USD', (select id from chart where accno = '2100'), '2026-01-01', terms
from (values ('Northwind Paper Co', 'V-1001', 30), ('Brightwater Utilities', 'V-1002', 14),
             ('O''Hara and Sons', 'V-1003', 30)) as v (name, number, terms);
insert into address (trans_id, address1, city, zipcode, country)
select id, '1 Main St', 'Springfield', '12345', 'USA' from vendor
"""


def install() -> str:
    """Install the packages where they are missing; the reason why that cannot be, or nothing."""
    if PROGRAM.is_dir() and shutil.which("lighttpd") and Path("/usr/lib/postgresql").is_dir():
        return ""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return f"needs {', '.join(PACKAGES)}: run as root on Debian, or install them"
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-q"], env=quiet, capture_output=True)  # another test may be at it
    command = ["apt-get", "install", "-yq", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=600", *PACKAGES]
    done = subprocess.run(command, env=quiet, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return ""


class SqlLedger:
    """The program, started and seeded with three vendors; `reset()` brings it back to that."""

    def __init__(self, folder: Path) -> None:
        folder.chmod(0o755)
        self.folder, self.port = folder / "sqlledger", free_port()
        self.folder.mkdir(mode=0o755)
        self.postgres = Postgres(folder / "postgres")
        self._web_user = "www-data" if os.geteuid() == 0 else ""
        self._copy_program()
        self._seed()
        self.start()
        self._first_login()
        self.postgres.sql("postgres", f"create database {TEMPLATE} template {DATABASE}")

    @property
    def url(self) -> str:
        """The login screen."""
        return f"http://127.0.0.1:{self.port}/sql-ledger/login.pl"

    def sql(self, query: str) -> list[list[str]]:
        """What the program's database holds."""
        return self.postgres.sql(DATABASE, query)

    def reset(self) -> None:
        """All vouchers gone, the vendors there."""
        self.postgres.sql("postgres", f"drop database {DATABASE} with (force)")
        self.postgres.sql("postgres", f"create database {DATABASE} template {TEMPLATE}")

    def start(self) -> None:
        """Start the web server and wait until it answers."""
        user = f'server.username = "{self._web_user}"\nserver.groupname = "{self._web_user}"' if self._web_user else ""
        conf = self.folder / "lighttpd.conf"
        conf.write_text(WEB_SERVER.format(program=self.program, port=self.port, folder=self.folder, user=user))
        subprocess.run(["lighttpd", "-f", conf], check=True)
        self._answered(None)

    def stop(self) -> None:
        """Stop the web server and the database."""
        self.stop_web()
        self.postgres.stop()

    def stop_web(self, at_once: bool = False) -> None:
        """Stop the web server, which closes every connection; `at_once` as a crash would."""
        pid = self.folder / "lighttpd.pid"
        if not pid.exists():
            return
        number = int(pid.read_text())
        os.kill(number, signal.SIGKILL if at_once else signal.SIGTERM)
        while Path(f"/proc/{number}").exists():
            time.sleep(0.01)
        pid.unlink(missing_ok=True)

    def forget_sessions(self) -> None:
        """Log everyone out: a session's key stands in its user's file."""
        for file in (self.program / "users").glob("*.conf"):
            text = file.read_text(encoding="latin-1")
            file.write_text(re.sub(r"(sessionkey => )'[^']*'", r"\1''", text), encoding="latin-1")

    def _copy_program(self) -> None:
        """The program's files by link, with a configuration and data folders of our own.

        Debian's scripts change to the program's folder by its full path, so they are copied and told ours.
        """
        self.program = self.folder / "program"
        self.program.mkdir()
        for file in PROGRAM.iterdir():
            if file.suffix == ".pl":
                text = file.read_text(encoding="latin-1").replace(f'"{PROGRAM}"', f'"{self.program}"')
                (self.program / file.name).write_text(text, encoding="latin-1")
            elif file.name not in OWN:
                (self.program / file.name).symlink_to(file)
        shutil.copytree(PROGRAM / "css", self.program / "css")
        for name in ("users", "spool", "templates"):
            (self.program / name).mkdir()
        (self.program / "sql-ledger.conf").write_text(
            '$userspath = "users"; $spool = "spool"; $templates = "templates"; $memberfile = "users/members";\n'
            '$images = "images"; $language = ""; $charset = "UTF8"; $latex = 0; $gzip = "gzip -S .gz"; $dvipdf = 0;\n'
            "1;\n"
        )
        if self._web_user:
            for path in (self.folder, self.program, *self.program.iterdir()):
                if not path.is_symlink():
                    shutil.chown(path, self._web_user)

    def _seed(self) -> None:
        self.postgres.sql("postgres", "create role sqlledger superuser login password 'sqlledger-test-only'")
        script = self.folder / "dataset.pl"
        shutil.copy(Path(__file__).parent / "sqlledger_dataset.pl", script)
        script.chmod(0o644)
        done = subprocess.run(
            [*(as_user(self._web_user) if self._web_user else []), "perl", str(script), DATABASE, "Acme Ltd",
             str(self.postgres.port), "sqlledger", "sqlledger-test-only", PASSWORD],
            cwd=self.program, capture_output=True, text=True,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr

    def _first_login(self) -> None:
        """The first login brings the data set to the program's newest schema."""
        form = {"login": USERNAME, "password": PASSWORD, "path": "bin/mozilla", "action": "Login", "js": "1"}
        answer = self._answered(urllib.parse.urlencode(form).encode())
        assert "menu.pl" in answer, answer[-400:]
        self.sql(VENDORS)

    def _answered(self, form: bytes | None) -> str:
        request = urllib.request.Request(self.url, form, {"User-Agent": "Mozilla/5.0"})  # it wants a browser
        until = time.monotonic() + 30
        while True:
            try:
                with urllib.request.urlopen(request, timeout=30) as answer:
                    return str(answer.read().decode("utf-8", "replace"))
            except urllib.error.URLError:
                assert time.monotonic() < until, (self.folder / "error.log").read_text()
                time.sleep(0.05)
