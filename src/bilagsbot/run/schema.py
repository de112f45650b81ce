"""The ledger's tables."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

HEAD = "0001"  # the newest migration; a database that says so needs no look at Alembic

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
    sa.Column("keyed", sa.String(64)),
    sa.Column("flow_version", sa.String(12), nullable=False),
    sa.Column("run", sa.String(40), nullable=False),
    sa.Column("receipt", Json),
    sa.Column("how", sa.String(10), nullable=False, server_default=""),
    sa.Column("message", sa.Text, nullable=False, server_default=""),
    sa.Column("not_read_back", Json),
    sa.Column("changed_at", sa.Float, nullable=False),
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
