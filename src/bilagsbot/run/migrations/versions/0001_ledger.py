"""The ledger: items, their events, and the leases of logins."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001"
down_revision = None

JSON = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    """Create the tables; written out, because a migration must not change when the models do."""
    op.create_table(
        "item",
        sa.Column("id", sa.String(12), primary_key=True),
        sa.Column("bot", sa.String(200), nullable=False),
        sa.Column("client", sa.String(200), nullable=False),
        sa.Column("app", sa.String(200), nullable=False),
        sa.Column("document", sa.String(200), nullable=False),
        sa.Column("identity", sa.Text, nullable=False),
        sa.Column("key", JSON, nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("sum", sa.String(40)),
        sa.Column("login", sa.String(200), nullable=False),
        sa.Column("source", sa.String(400), nullable=False),
        sa.Column("sheet", sa.String(200), nullable=False),
        sa.Column("rows", JSON, nullable=False),
        sa.Column("state", sa.String(12), nullable=False, index=True),
        sa.Column("epoch", sa.Integer, nullable=False, server_default="0"),
        sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
        sa.Column("intent_at", sa.Float),
        sa.Column("keyed", sa.String(64)),
        sa.Column("flow_version", sa.String(12), nullable=False),
        sa.Column("run", sa.String(40), nullable=False),
        sa.Column("receipt", JSON),
        sa.Column("how", sa.String(10), nullable=False, server_default=""),
        sa.Column("message", sa.Text, nullable=False, server_default=""),
        sa.Column("not_read_back", JSON),
        sa.Column("changed_at", sa.Float, nullable=False),
        sa.UniqueConstraint("client", "app", "document", "identity", name="item_posted_once"),
    )
    op.create_table(
        "event",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("item", sa.String(12), nullable=False, index=True),
        sa.Column("at", sa.Float, nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("by", sa.String(200), nullable=False),
        sa.Column("why", sa.Text, nullable=False, server_default=""),
    )
    op.create_table(
        "lease",
        sa.Column("login", sa.String(200), primary_key=True),
        sa.Column("owner", sa.String(200)),
        sa.Column("epoch", sa.Integer, nullable=False),
        sa.Column("until", sa.Float, nullable=False),
        sa.Column("since", sa.Float, nullable=False),
    )
