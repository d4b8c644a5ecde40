"""Settings: what the operator may set, and how a mistake is told."""

from pathlib import Path

import pytest

from clinic.errors import SettingError
from storage.settings import ROOT, MailServer, SmsAccount, read_settings

KEY = "0123456789abcdef" * 4


def refusal(**environment: str) -> str:
    with pytest.raises(SettingError) as refused:
        read_settings(environment)
    return str(refused.value)


def test_without_any_setting_it_serves_this_machine_from_this_folder() -> None:
    usual = read_settings({})

    assert (usual.host, usual.port, usual.signing_key) == ("127.0.0.1", 5005, "")
    assert (usual.content, usual.data) == (ROOT / "content", ROOT / "var")


def test_every_setting_is_taken(tmp_path: Path) -> None:
    environment = {"HOST": "0.0.0.0", "PORT": "80", "CLINIC_CONTENT": str(tmp_path), "SIGNING_KEY": KEY}

    own = read_settings({**environment, "CLINIC_DATA": str(tmp_path / "new")})

    assert (own.host, own.port, own.signing_key) == ("0.0.0.0", 80, KEY)
    assert (own.content, own.data) == (tmp_path, tmp_path / "new")
    assert own.database == f"sqlite:///{tmp_path}/new/clinic.db"


@pytest.mark.parametrize("port", ["1", "5005", "65535"])
def test_a_port_is_taken(port: str) -> None:
    assert read_settings({"PORT": port}).port == int(port)


@pytest.mark.parametrize(
    "port", ["", "0", "65536", "-1", "http", "80.5", " 80", "²", "9" * 5000], ids=lambda port: port[:8]
)
def test_what_is_no_port_is_refused_with_the_variable_and_the_remedy(port: str) -> None:
    sentence = refusal(PORT=port)

    assert sentence.startswith("PORT is ")
    assert "from 1 to 65535, such as 5005" in sentence


def test_a_content_folder_that_is_not_there_is_refused_with_the_remedy(tmp_path: Path) -> None:
    sentence = refusal(CLINIC_CONTENT=str(tmp_path / "nowhere"))

    assert sentence.startswith("CLINIC_CONTENT is ")
    assert "Leave it unset" in sentence


def test_a_file_is_no_content_folder(tmp_path: Path) -> None:
    (tmp_path / "content").write_text("")

    sentence = refusal(CLINIC_CONTENT=str(tmp_path / "content"))

    assert "there is no such folder" in sentence


def test_a_key_of_32_characters_is_taken_and_a_shorter_one_refused_without_being_shown() -> None:
    sentence = refusal(SIGNING_KEY=KEY[:31])

    assert read_settings({"SIGNING_KEY": KEY[:32]}).signing_key == KEY[:32]
    assert sentence.startswith("SIGNING_KEY is shorter than 32")
    assert "openssl rand -hex 32" in sentence
    assert KEY[:31] not in sentence


@pytest.mark.parametrize("moment", ["now", "9:00", "2026-13-01", "2026-11-26T9:00", "1026-11-26", "9999-12-31T23:59"])
def test_a_moment_that_is_none_is_refused_with_the_variable_and_the_remedy(moment: str) -> None:
    sentence = refusal(CLINIC_NOW=moment)

    assert sentence.startswith(f"CLINIC_NOW is {moment!r}; it must be a moment such as 2026-11-26T09:00")
    assert "Leave it unset" in sentence


# ---- Mail and SMS

PUBLIC = "https://assistant.example.com"


def test_without_any_setting_nothing_is_sent() -> None:
    usual = read_settings({})

    assert not usual.sends_mail
    assert not usual.sends_sms
    assert (usual.mail_from, usual.desk_mail, usual.public_address) == ("", "", "")


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("smtp://mail.example.com", MailServer("mail.example.com", 587)),
        ("smtp://localhost:25", MailServer("localhost", 25)),
        ("smtp://[::1]:25/", MailServer("::1", 25)),
        ("smtps://mail.example.com", MailServer("mail.example.com", 465, tls=True)),
        (
            "smtps://desk%40example.com:p%2Fw%3A@mail.example.com:4650",
            MailServer("mail.example.com", 4650, "desk@example.com", "p/w:", tls=True),
        ),
    ],
)
def test_a_mail_server_is_taken(address: str, expected: MailServer) -> None:
    own = read_settings({"SMTP": address, "PUBLIC_ADDRESS": PUBLIC})

    assert own.sends_mail
    assert own.smtp == expected


@pytest.mark.parametrize(
    "address",
    [
        *("mail.example.com", "mail.example.com:587", "https://mail.example.com", "smtp://", "smtp://:587"),
        *(
            "smtp://desk:geheim@mail.example.com:99999",
            "smtp://desk@mail.example.com",
            "smtp://mail.example.com/geheim",
        ),
        *("smtp://desk:geheim@@:1", "smtp://mail.example.com?starttls=geheim", "smtp://desk:geheim@mail.example.com:x"),
    ],
)
def test_what_is_no_mail_server_is_refused_without_being_shown(address: str) -> None:
    sentence = refusal(SMTP=address, PUBLIC_ADDRESS=PUBLIC)

    assert sentence.startswith("SMTP is not the address of a mail server. Write smtp://user:password@host:587")
    assert "geheim" not in sentence


@pytest.mark.parametrize("name", ["MAIL_FROM", "DESK_MAIL"])
def test_a_mail_address_is_taken_and_anything_else_refused(name: str) -> None:
    own = read_settings({name: "desk@example.com"})

    assert "desk@example.com" in (own.mail_from, own.desk_mail)
    for wrong in (
        "desk",
        "desk@",
        "@example.com",
        "Desk <desk@example.com>",
        "a@b.example, c@d.example",
        "a@b\r\nBcc: c@d",
    ):
        assert refusal(**{name: wrong}).startswith(f"{name} is ")


def test_an_sms_account_is_taken() -> None:
    own = read_settings({"SMS": "twilio://AC0123:secret@+15875550100", "PUBLIC_ADDRESS": PUBLIC})

    assert own.sends_sms
    assert own.sms == SmsAccount("AC0123", "secret", sender="+15875550100")


@pytest.mark.parametrize(
    "account",
    [
        *("AC0123", "twilio://AC0123:geheim@", "twilio://AC0123@+15875550100", "twilio://AC0123:geheim@587-555-0100"),
        *("https://AC0123:geheim@+15875550100", "twilio://AC0123:geheim@15875550100"),
    ],
)
def test_what_is_no_sms_account_is_refused_without_being_shown(account: str) -> None:
    sentence = refusal(SMS=account, PUBLIC_ADDRESS=PUBLIC)

    assert sentence.startswith("SMS is not an account. Write twilio://account:token@+")
    assert "geheim" not in sentence


@pytest.mark.parametrize(
    "address", [PUBLIC, f"{PUBLIC}/", "https://example.com:8443", "http://127.0.0.1:5005", "http://localhost:5005"]
)
def test_the_public_address_is_taken_without_a_slash_at_its_end(address: str) -> None:
    assert read_settings({"PUBLIC_ADDRESS": address}).public_address == address.rstrip("/")


@pytest.mark.parametrize(
    "address",
    [
        *("assistant.example.com", "http://assistant.example.com", "https://assistant.example.com/chat", "https://"),
        *("https://user:word@assistant.example.com", "https://assistant.example.com?x=1", "javascript:alert(1)"),
    ],
)
def test_an_address_that_visitors_cannot_open_safely_is_refused(address: str) -> None:
    assert refusal(PUBLIC_ADDRESS=address).startswith("PUBLIC_ADDRESS is ")


@pytest.mark.parametrize(
    ("name", "value"), [("SMTP", "smtp://localhost:25"), ("SMS", "twilio://AC0123:secret@+15875550100")]
)
def test_who_sends_letters_must_say_where_their_links_lead(name: str, value: str) -> None:
    sentence = refusal(**{name: value})

    assert sentence.startswith(f"{name} is set, so letters go out with a link, and PUBLIC_ADDRESS is not.")


# ---- The database


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://clinic:secret@db.example.com:5432/clinic",
        "postgresql+psycopg2://clinic@db.example.com/clinic",
        "sqlite:////srv/clinic.db",
    ],
)
def test_the_address_of_a_database_is_taken(address: str) -> None:
    assert read_settings({"DATABASE": address}).database == address


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("clinic.db", "DATABASE is not the address of a database."),
        ("postgresql://clinic:my-secret@db.example.com:port/clinic", "DATABASE is not the address of a database."),
        ("mysql://clinic:my-secret@db.example.com/clinic", "DATABASE begins with 'mysql', which is neither"),
        ("postgres://clinic:my-secret@db.example.com/clinic", "DATABASE begins with 'postgres', which is neither"),
        ("postgresql+asyncpg://db.example.com/clinic", "DATABASE begins with 'postgresql+asyncpg', which is neither"),
        ("sqlite://", "DATABASE is 'sqlite://', which keeps nothing."),
        ("sqlite:///:memory:", "DATABASE is 'sqlite:///:memory:', which keeps nothing."),
    ],
)
def test_what_is_no_database_of_ours_is_refused_with_the_remedy_and_without_the_password(
    address: str, told: str
) -> None:
    sentence = refusal(DATABASE=address)

    assert sentence.startswith(told)
    assert "Write postgresql://user:password@host:5432/name, or leave it unset" in sentence
    assert "my-secret" not in sentence


# ---- The clinic's calendar


@pytest.mark.parametrize(
    "address",
    [
        "https://clinic:secret@calendar.example.com/clinic/{therapist}/",
        "https://desk%40example.com:se%2Fcret@calendar.example.com:8443/dav/rmt-{therapist}",
        "http://clinic:secret@127.0.0.1:5232/clinic/{therapist}/",
    ],
)
def test_the_address_of_a_calendar_for_each_therapist_is_taken(address: str) -> None:
    assert read_settings({"CALENDAR": address}).calendar == address


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("calendar.example.com/{therapist}", "is not the address of a CalDAV server"),
        ("ftp://clinic:my-secret@calendar.example.com/{therapist}", "is not the address of a CalDAV server"),
        ("https://clinic:my-secret@calendar.example.com:port/{therapist}", "is not the address of a CalDAV server"),
        ("https://clinic:my-secret@calendar.example.com/{therapist}?a=b", "is not the address of a CalDAV server"),
        ("http://clinic:my-secret@calendar.example.com/{therapist}", "would send the password in the open"),
        ("https://calendar.example.com/{therapist}", "names no user, or no password"),
        ("https://clinic@calendar.example.com/{therapist}", "names no user, or no password"),
        ("https://clinic:my-secret@calendar.example.com/", "does not say where the therapists' calendars are"),
        ("https://clinic:my-secret@calendar.example.com/{name}/{therapist}", "does not say where the therapists'"),
    ],
)
def test_what_is_no_calendar_of_the_therapists_is_refused_with_the_remedy_and_without_the_password(
    address: str, told: str
) -> None:
    sentence = refusal(CALENDAR=address)

    assert sentence.startswith("CALENDAR ")
    assert told in sentence
    assert "Write https://user:password@host/user/{therapist}/" in sentence
    assert "my-secret" not in sentence
