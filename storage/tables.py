"""The tables of our database, all in one place, so that whoever opens it finds them there."""

from sqlalchemy import (
    DDL,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Float,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    event,
)

METADATA = MetaData()

CONVERSATIONS = Table(
    "conversations",
    METADATA,
    Column("id", String, primary_key=True),
    Column("last_message_at", Float, nullable=False, index=True),  # seconds since 1970
)
EVENTS = Table(
    "chat_events",
    METADATA,
    Column("conversation", String, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("body", String, nullable=False),
)
MESSAGES = Table(
    "chat_messages",
    METADATA,
    Column("conversation", String, primary_key=True),
    Column("id", String, primary_key=True),
    Column("answered", Boolean, nullable=False, index=True),
)
BUTTONS = Table(
    "offered_buttons",
    METADATA,
    Column("conversation", String, primary_key=True),
    Column("id", String, primary_key=True),
    Column("title", String, nullable=False),
    Column("payload", String, nullable=False),
)
FEEDBACK = Table(
    "feedback",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("conversation", String, index=True),  # Empty once the conversation is forgotten.
    Column("answer", String, nullable=False),
    Column("helpful", Boolean, nullable=False),
    Column("reason", String),  # The visitor's words; gone with the conversation.
)

CALL_BACKS = Table(
    "call_backs",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("name", String, nullable=False),
    Column("phone", String, nullable=False),
    Column("wish", String, nullable=False),
    Column("window", String, nullable=False, server_default=""),
    Column("summary", String, nullable=False, server_default=""),
    Column("asked_at", Float, nullable=False),  # seconds since 1970
)

BOOKING_DETAILS = Table(
    "booking_details",
    METADATA,
    Column("attempt", String, primary_key=True),  # of a booking that is being arranged
    Column("name", String),
    Column("email", String),
    Column("phone", String),
    Column("said_at", Float, nullable=False, index=True),  # seconds since 1970
)

ALERT_COUNTS = Table(
    "alert_counts",
    METADATA,
    Column("day", String, primary_key=True),  # of the clinic, 2026-11-22
    Column("red_flag", String, primary_key=True),
    Column("level", String, primary_key=True),
    Column("raised", Integer, nullable=False, default=0),
    Column("acknowledged", Integer, nullable=False, default=0),
    Column("taken_back", Integer, nullable=False, default=0),
)

OUTBOX = Table(
    "outbox",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("message", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("about", String, nullable=False, index=True),  # an appointment's id, or a call-back's number
    Column("due_at", Float, nullable=False, index=True),  # seconds since 1970
    Column("next_try_at", Float, nullable=False, index=True),  # While somebody sends it: when the lease ends.
    Column("tries", Integer, nullable=False),
    sqlite_autoincrement=True,  # Else a number could come back while somebody still sends what had it before.
)

APPOINTMENTS = Table(
    "appointments",
    METADATA,
    Column("id", String, primary_key=True),
    Column("reference", String, nullable=False, unique=True),
    Column("attempt", String, nullable=False, unique=True),  # the visitor's try to book that led to it
    Column("status", String, nullable=False),
    Column("conversation", String, index=True),  # Empty once it is confirmed.
    Column("treatment", String, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("therapist", String, nullable=False),
    Column("room", String, nullable=False),
    Column("starts_at", BigInteger, nullable=False),  # seconds since 1970
    Column("ends_at", BigInteger, nullable=False, index=True),
    Column("blocked_until", BigInteger, nullable=False),
    Column("expires_at", Float),
    Column("name", String),
    Column("email", String),
    Column("phone", String),
    Column("consents", String),
    Column("price", String, nullable=False, default=""),
    Column("note", String, nullable=False, default=""),
    Column("sequence", Integer, nullable=False),
    Index("appointments_that_expire", "status", "expires_at"),
)
# The only truth about whose time is taken, buffers included. No two rows of a resource may overlap.
CLAIMS = Table(
    "claims",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("resource", String, nullable=False),  # therapist:mei, room:room_1
    Column("blocks_from", BigInteger, nullable=False),  # seconds since 1970
    Column("blocks_until", BigInteger, nullable=False),
    Column("appointment", String, nullable=False, index=True),
    CheckConstraint("blocks_from < blocks_until"),
    Index("claims_of_a_resource", "resource", "blocks_until"),
)
MANAGE_TOKENS = Table(
    "manage_tokens",
    METADATA,
    Column("hash", String, primary_key=True),  # SHA-256: the token itself is only in the letter
    Column("appointment", String, nullable=False, index=True),
    Column("expires_at", Float, nullable=False),
)
BUSY_TIMES = Table(
    "busy_times",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("calendar", String, nullable=False),
    Column("resource", String, nullable=False),
    Column("starts_at", BigInteger, nullable=False),  # seconds since 1970
    Column("ends_at", BigInteger, nullable=False),
    Column("uid", String, nullable=False),
    Index("busy_times_of_a_resource", "resource", "ends_at"),
)
CALENDAR_ENTRIES = Table(
    "calendar_entries",  # what we wrote into the clinic's calendar, and where it stands there
    METADATA,
    Column("appointment", String, primary_key=True),
    Column("therapist", String, nullable=False),
    Column("name", String, nullable=False),
    Column("etag", String, nullable=False),
    Column("sequence", Integer, nullable=False),  # of the appointment when it was written
)

NEVER_TWICE = "claims_never_overlap"  # It is in the error of either database when a claim is refused.
_REFUSED = (
    f"CREATE TRIGGER {NEVER_TWICE}_{{change}} BEFORE {{change}} ON claims WHEN EXISTS"
    " (SELECT 1 FROM claims WHERE resource = NEW.resource"
    " AND blocks_from < NEW.blocks_until AND blocks_until > NEW.blocks_from {but})"
    f" BEGIN SELECT RAISE(ABORT, '{NEVER_TWICE}'); END"
)
for _database, _statement in (
    ("sqlite", _REFUSED.format(change="insert", but="")),
    ("sqlite", _REFUSED.format(change="update", but="AND number <> OLD.number")),
    ("postgresql", "CREATE EXTENSION IF NOT EXISTS btree_gist"),
    (
        "postgresql",
        f"ALTER TABLE claims ADD CONSTRAINT {NEVER_TWICE}"
        " EXCLUDE USING gist (resource WITH =, int8range(blocks_from, blocks_until) WITH &&)",
    ),
):
    event.listen(CLAIMS, "after_create", DDL(_statement).execute_if(dialect=_database))
