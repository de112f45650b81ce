"""Unattended runs: what is queued, what is answered, and who works."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0002"
down_revision = "0001"

JSON = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    """Create the tables; written out, because a migration must not change when the models do."""
    op.add_column("item", sa.Column("intent_mark", sa.String(80)))
    op.add_column("item", sa.Column("starter", sa.String(200), nullable=False, server_default=""))
    op.add_column("item", sa.Column("awaits", JSON))
    op.add_column("item", sa.Column("teaches", JSON))
    op.create_table(
        "package",
        sa.Column("sha", sa.String(64), primary_key=True),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("at", sa.Float, nullable=False),
    )
    op.create_table(
        "run",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("bot", sa.String(200), nullable=False),
        sa.Column("client", sa.String(200), nullable=False),
        sa.Column("state", sa.String(12), nullable=False, index=True),
        sa.Column("wish", sa.String(12), nullable=False, server_default=""),
        sa.Column("cause", sa.String(12), nullable=False),
        sa.Column("trigger", sa.String(200), nullable=False, unique=True),
        sa.Column("started_by", sa.String(200), nullable=False),
        sa.Column("machine", sa.String(80), nullable=False),
        sa.Column("workbook", sa.String(400), nullable=False),
        sa.Column("package", sa.String(64), nullable=False),
        sa.Column("flow_version", sa.String(12), nullable=False),
        sa.Column("logins", JSON, nullable=False),
        sa.Column("needs", JSON, nullable=False),
        sa.Column("not_before", sa.Float),
        sa.Column("round", sa.Integer, nullable=False, server_default="1"),
        sa.Column("counts", JSON),
        sa.Column("message", sa.Text, nullable=False, server_default=""),
        sa.Column("created_at", sa.Float, nullable=False),
        sa.Column("changed_at", sa.Float, nullable=False),
        sa.Column("delivered", sa.Boolean, nullable=False, server_default=sa.false()),
    )
    op.create_table(
        "session",
        sa.Column("run", sa.String(40), primary_key=True),
        sa.Column("round", sa.Integer, primary_key=True),
        sa.Column("login", sa.String(200), primary_key=True),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("executor", sa.String(120), nullable=False, server_default=""),
        sa.Column("code", sa.Integer),
        sa.Column("message", sa.Text, nullable=False, server_default=""),
        sa.Column("changed_at", sa.Float, nullable=False),
    )
    op.create_table(
        "run_file",
        sa.Column("run", sa.String(40), primary_key=True),
        sa.Column("name", sa.String(400), primary_key=True),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "worker",
        sa.Column("executor", sa.String(120), primary_key=True),
        sa.Column("machine", sa.String(80), nullable=False),
        sa.Column("host", sa.String(200), nullable=False),
        sa.Column("labels", JSON, nullable=False),
        sa.Column("sessions", sa.Integer, nullable=False),
        sa.Column("beats", sa.Integer, nullable=False),
        sa.Column("at", sa.Float, nullable=False),
        sa.Column("since", sa.Float, nullable=False),
        sa.Column("version", sa.String(40), nullable=False),
    )
    op.create_table(
        "question",
        sa.Column("id", sa.String(12), primary_key=True),
        sa.Column("run", sa.String(40), nullable=False, index=True),
        sa.Column("login", sa.String(200), nullable=False),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("asked_at", sa.Float, nullable=False),
        sa.Column("ended_at", sa.Float),
        sa.Column("ended_by", sa.String(200), nullable=False, server_default=""),
    )
    op.create_table(
        "approval",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("subject", sa.String(300), nullable=False, index=True),
        sa.Column("content", sa.String(64), nullable=False),
        sa.Column("by", sa.String(200), nullable=False),
        sa.Column("why", sa.Text, nullable=False, server_default=""),
        sa.Column("at", sa.Float, nullable=False),
    )
    op.create_table(
        "known_value",
        sa.Column("client", sa.String(200), primary_key=True),
        sa.Column("app", sa.String(200), primary_key=True),
        sa.Column("field", sa.String(200), primary_key=True),
        sa.Column("of", sa.String(64), primary_key=True),
        sa.Column("value", sa.String(64), nullable=False),
        sa.Column("at", sa.Float, nullable=False),
    )
    op.create_table(
        "notice",
        sa.Column("key", sa.String(300), primary_key=True),
        sa.Column("at", sa.Float, nullable=False),
    )
    op.create_table(
        "held_schedule",
        sa.Column("bot", sa.String(200), primary_key=True),
        sa.Column("by", sa.String(200), nullable=False),
        sa.Column("at", sa.Float, nullable=False),
    )
