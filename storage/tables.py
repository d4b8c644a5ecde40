"""The tables of our database, all in one place, so that whoever opens it finds them there."""

from sqlalchemy import Boolean, Column, Float, Integer, MetaData, String, Table

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
    Column("asked_at", Float, nullable=False),  # seconds since 1970
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
