"""The ledger's tables."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

HEAD = "0002"  # the newest migration; a database that says so needs no look at Alembic

metadata = sa.MetaData()
Json = sa.JSON().with_variant(JSONB(), "postgresql")

items = sa.Table(
    "item", metadata,
    sa.Column("id", sa.String(12), primary_key=True),
    sa.Column("bot", sa.String(200), nullable=False),
    sa.Column("client", sa.String(200), nullable=False),
    sa.Column("app", sa.String(200), nullable=False),
    sa.Column("document", sa.String(200), nullable=False),
    sa.Column("identity", sa.Text, nullable=False),
    sa.Column("key", Json, nullable=False),
    sa.Column("fingerprint", sa.String(64), nullable=False),
    sa.Column("sum", sa.String(40)),
    sa.Column("login", sa.String(200), nullable=False),
    sa.Column("source", sa.String(400), nullable=False),
    sa.Column("sheet", sa.String(200), nullable=False),
    sa.Column("rows", Json, nullable=False),
    sa.Column("state", sa.String(12), nullable=False, index=True),
    sa.Column("epoch", sa.Integer, nullable=False, server_default="0"),
    sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
    sa.Column("intent_at", sa.Float),
    sa.Column("intent_mark", sa.String(80)),  # the same instant on the clock of the machine that was to click
    sa.Column("keyed", sa.String(64)),
    sa.Column("flow_version", sa.String(12), nullable=False),
    sa.Column("run", sa.String(40), nullable=False),
    sa.Column("receipt", Json),
    sa.Column("how", sa.String(10), nullable=False, server_default=""),
    sa.Column("message", sa.Text, nullable=False, server_default=""),
    sa.Column("not_read_back", Json),
    sa.Column("changed_at", sa.Float, nullable=False),
    sa.Column("starter", sa.String(200), nullable=False, server_default=""),  # who started the run it came to wait in
    sa.Column("awaits", Json),  # the rules by which it needs approval, each with its reason
    sa.Column("teaches", Json),  # what is known once it is posted
    sa.UniqueConstraint("client", "app", "document", "identity", name="item_posted_once"),
)  # fmt: skip

events = sa.Table(
    "event", metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("item", sa.String(12), nullable=False, index=True),
    sa.Column("at", sa.Float, nullable=False),
    sa.Column("state", sa.String(12), nullable=False),
    sa.Column("by", sa.String(200), nullable=False),
    sa.Column("why", sa.Text, nullable=False, server_default=""),
)  # fmt: skip

leases = sa.Table(
    "lease", metadata,
    sa.Column("login", sa.String(200), primary_key=True),
    sa.Column("owner", sa.String(200)),
    sa.Column("epoch", sa.Integer, nullable=False),
    sa.Column("until", sa.Float, nullable=False),
    sa.Column("since", sa.Float, nullable=False),
)  # fmt: skip

# What follows is for unattended runs.

packages = sa.Table(
    "package", metadata,
    sa.Column("sha", sa.String(64), primary_key=True),
    sa.Column("content", sa.LargeBinary, nullable=False),
    sa.Column("at", sa.Float, nullable=False),
)  # fmt: skip

runs = sa.Table(
    "run", metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("bot", sa.String(200), nullable=False),
    sa.Column("client", sa.String(200), nullable=False),
    sa.Column("state", sa.String(12), nullable=False, index=True),
    sa.Column("wish", sa.String(12), nullable=False, server_default=""),  # what a person asked of it since
    sa.Column("cause", sa.String(12), nullable=False),  # what started it: schedule, folder, person
    sa.Column("trigger", sa.String(200), nullable=False, unique=True),  # the start or the file; runs once
    sa.Column("started_by", sa.String(200), nullable=False),
    sa.Column("machine", sa.String(80), nullable=False),  # whose folders the workbook came from
    sa.Column("workbook", sa.String(400), nullable=False),
    sa.Column("package", sa.String(64), nullable=False),
    sa.Column("flow_version", sa.String(12), nullable=False),
    sa.Column("logins", Json, nullable=False),
    sa.Column("needs", Json, nullable=False),
    sa.Column("not_before", sa.Float),  # queued until then: the target is closed
    sa.Column("round", sa.Integer, nullable=False, server_default="1"),  # one more each time it is gone on with
    sa.Column("counts", Json),
    sa.Column("message", sa.Text, nullable=False, server_default=""),
    sa.Column("created_at", sa.Float, nullable=False),
    sa.Column("changed_at", sa.Float, nullable=False),
    sa.Column("delivered", sa.Boolean, nullable=False, server_default=sa.false()),
)  # fmt: skip

sessions = sa.Table(
    "session", metadata,
    sa.Column("run", sa.String(40), primary_key=True),
    sa.Column("round", sa.Integer, primary_key=True),
    sa.Column("login", sa.String(200), primary_key=True),
    sa.Column("state", sa.String(12), nullable=False),  # queued, running, ended
    sa.Column("executor", sa.String(120), nullable=False, server_default=""),
    sa.Column("code", sa.Integer),
    sa.Column("message", sa.Text, nullable=False, server_default=""),
    sa.Column("changed_at", sa.Float, nullable=False),
)  # fmt: skip

run_files = sa.Table(
    "run_file", metadata,
    sa.Column("run", sa.String(40), primary_key=True),
    sa.Column("name", sa.String(400), primary_key=True),
    sa.Column("content", sa.LargeBinary, nullable=False),
)  # fmt: skip

workers = sa.Table(
    "worker", metadata,
    sa.Column("executor", sa.String(120), primary_key=True),
    sa.Column("machine", sa.String(80), nullable=False),
    sa.Column("host", sa.String(200), nullable=False),
    sa.Column("labels", Json, nullable=False),
    sa.Column("sessions", sa.Integer, nullable=False),
    sa.Column("beats", sa.Integer, nullable=False),
    sa.Column("at", sa.Float, nullable=False),
    sa.Column("since", sa.Float, nullable=False),
    sa.Column("version", sa.String(40), nullable=False),
)  # fmt: skip

questions = sa.Table(
    "question", metadata,
    sa.Column("id", sa.String(12), primary_key=True),
    sa.Column("run", sa.String(40), nullable=False, index=True),
    sa.Column("login", sa.String(200), nullable=False),
    sa.Column("message", sa.Text, nullable=False),
    sa.Column("asked_at", sa.Float, nullable=False),
    sa.Column("ended_at", sa.Float),
    sa.Column("ended_by", sa.String(200), nullable=False, server_default=""),
)  # fmt: skip

approvals = sa.Table(
    "approval", metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("subject", sa.String(300), nullable=False, index=True),
    sa.Column("content", sa.String(64), nullable=False),
    sa.Column("by", sa.String(200), nullable=False),
    sa.Column("why", sa.Text, nullable=False, server_default=""),
    sa.Column("at", sa.Float, nullable=False),
)  # fmt: skip

known_values = sa.Table(
    "known_value", metadata,
    sa.Column("client", sa.String(200), primary_key=True),
    sa.Column("app", sa.String(200), primary_key=True),
    sa.Column("field", sa.String(200), primary_key=True),
    sa.Column("of", sa.String(64), primary_key=True),  # SHA-256 of whose value it is, as a supplier
    sa.Column("value", sa.String(64), nullable=False),  # SHA-256
    sa.Column("at", sa.Float, nullable=False),
)  # fmt: skip

notices = sa.Table(
    "notice", metadata,
    sa.Column("key", sa.String(300), primary_key=True),
    sa.Column("at", sa.Float, nullable=False),
)  # fmt: skip

held_schedules = sa.Table(
    "held_schedule", metadata,
    sa.Column("bot", sa.String(200), primary_key=True),
    sa.Column("by", sa.String(200), nullable=False),
    sa.Column("at", sa.Float, nullable=False),
)  # fmt: skip
