"""schedule install: the worker as a service of this machine, or what a person has to do for it."""

import sys
from pathlib import Path

from bilagsbot.run.unattended.service import ENVIRONMENT, Service, program
from bilagsbot.run.unattended.systemd import install as install_unit
from bilagsbot.run.unattended.systemd import reachable

SECRETS = (
    f"Put BILAGSBOT_LEDGER and the logins' secrets into ~/{ENVIRONMENT}, a line NAME=VALUE each, "
    "and let nobody else read it (chmod 600)."
)


def install(folder: Path, only_print: bool) -> None:
    """Install the worker where systemd's user manager answers; else, or when asked, print what would do it."""
    service = Service(program(), folder)
    if sys.platform == "win32":
        print(f"In a prompt of the user whom it is to run as:\n\n{service.schtasks()}\n\n"
              "BILAGSBOT_LEDGER belongs in its environment; 'bilagsbot login' keeps the secrets.")  # fmt: skip
    elif sys.platform == "darwin":
        print(f"~/Library/LaunchAgents/{service.name}.plist:\n\n{service.launchd()}\n"
              f"Then: launchctl bootstrap gui/$(id -u) ~/Library/LaunchAgents/{service.name}.plist\n"
              "'bilagsbot login' keeps the logins' secrets.")  # fmt: skip
    elif only_print or not reachable():
        _print(service, only_print)
    else:
        file = install_unit(service, Path.home())
        print(f"{file} is written, and {service.name} runs. It starts again whenever it ends.\n"
              f"Its log: journalctl --user -u {service.name} -f\n"
              "So that it runs while nobody is logged in: loginctl enable-linger\n"
              f"{SECRETS} After a change: systemctl --user restart {service.name}")  # fmt: skip


def _print(service: Service, asked: bool) -> None:
    if not asked:
        print("No user manager of systemd answers here, so nothing was installed.\n")
    file = f"~/.config/systemd/user/{service.name}.service"
    print(f"# With systemd: {file}\n\n{service.unit()}\n"
          f"# Then: systemctl --user daemon-reload && systemctl --user enable --now {service.name}\n"
          "# and, so that it runs while nobody is logged in: loginctl enable-linger\n\n"
          "# With cron, which does not start it again when it ends: a line of crontab -e\n\n"
          f"{service.crontab()}\n\n# {SECRETS}")  # fmt: skip
