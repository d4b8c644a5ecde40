"""Looking at an appointment through the link in its confirmation: what is shown, to whom, and that nothing changes."""

from collections.abc import Callable

import pytest
from icalendar import Calendar
from sqlalchemy import select

from storage.tables import APPOINTMENTS, CLAIMS, MANAGE_TOKENS, OUTBOX
from tests import builders
from tests.web.appointments.site import Site, local, words_in

PAGES = ["", "/move", "/move?from=2026-12-07&with=anyone", "/cancel", "/calendar.ics", "?moved=yes"]


def kept(site: Site) -> list:
    """Everything that is known of appointments."""
    with site.database.begin() as connection:
        return [connection.execute(select(one)).all() for one in (APPOINTMENTS, CLAIMS, MANAGE_TOKENS, OUTBOX)]


def test_the_page_says_all_that_one_needs_to_come(site: Site) -> None:
    token = site.book()

    page = site.get(f"/appointment/{token}")

    said = words_in(page)
    for words in (
        *("Confirmed", "Thursday, November 26", "4:00 pm to 5:00 pm", "Edmonton time"),
        *("Dawn Example", "Swedish massage", "60 minutes", "Mei (demo)", "$115"),
        *("Made-up Massage Clinic", "1 Made-up Street, Edmonton", site.booked(token).shown_reference),
    ):
        assert words in said
    assert page.status_code == 200


def test_it_says_until_when_it_can_be_changed_and_what_it_costs_later(site: Site) -> None:
    page = site.get(f"/appointment/{site.book()}")

    assert "until Wednesday, November 25 at 4:00 pm" in words_in(page)
    assert "the fee is half the price" in words_in(page)


@pytest.mark.parametrize("path", PAGES)
def test_looking_changes_nothing(site: Site, path: str) -> None:
    token = site.book()
    before = kept(site)

    page = site.get(f"/appointment/{token}{path}")

    assert page.status_code == 200
    assert kept(site) == before


def test_what_is_past_says_so_and_offers_no_change(site: Site) -> None:
    token = site.book()
    site.now = local("2026-11-26 16:00")

    page = site.get(f"/appointment/{token}")

    assert "This appointment is in the past" in words_in(page)
    assert "/move" not in page.text
    assert "/cancel" not in page.text


def test_nobody_is_told_that_it_was_moved_when_it_was_not(site: Site) -> None:
    page = site.get(f"/appointment/{site.book()}?moved=yes")

    assert "is moved" not in words_in(page)


def test_a_treatment_that_is_no_longer_offered_still_has_its_page(site: Site) -> None:
    token = site.book()
    site.content = builders.content(facts=site.content.facts, treatments=[], schedule=site.content.schedule)

    page = site.get(f"/appointment/{token}")

    assert page.status_code == 200
    assert "swedish_massage" in words_in(page)


# ---- Links that lead nowhere


@pytest.mark.parametrize(
    "token",
    [
        "x" * 43,
        "x",
        "",
        "%00",
        "%ff%fe",
        "%ed%a0%80",
        "..%2f..%2fetc",
        "%3Cscript%3Ealert(1)%3C%2Fscript%3E",
        "' OR 1=1 --",
        pytest.param("x" * 4000, id="long"),
    ],
)
def test_a_token_that_was_never_made_leads_to_the_desk(site: Site, token: str) -> None:
    site.book()

    page = site.get(f"/appointment/{token}")

    assert page.status_code == 404
    assert 'href="tel:+1-780-555-0142"' in page.text
    assert "script>" not in page.text


@pytest.mark.parametrize("damage", [lambda token: token[:-1], lambda token: token + "A", str.swapcase])
def test_a_damaged_token_leads_nowhere_and_looks_like_any_other(site: Site, damage: Callable[[str], str]) -> None:
    token = site.book()

    page, other = site.get(f"/appointment/{damage(token)}"), site.get("/appointment/x")

    assert (page.status_code, page.text) == (other.status_code, other.text)


@pytest.mark.parametrize("path", PAGES)
def test_a_day_after_the_appointment_its_link_leads_nowhere(site: Site, path: str) -> None:
    token = site.book()
    site.now = local("2026-11-27 17:00")

    assert site.get(f"/appointment/{token}{path}").status_code == 404


def test_until_then_it_leads_to_the_page(site: Site) -> None:
    token = site.book()
    site.now = local("2026-11-27 16:59")

    assert site.get(f"/appointment/{token}").status_code == 200


# ---- Whatever a visitor's name is


@pytest.mark.parametrize("path", ["", "/move", "/cancel"])
def test_a_name_that_is_code_is_shown_as_text(site: Site, path: str) -> None:
    name = "<script>alert(1)</script>\"'{{ 7 * 7 }}"
    token = site.book(name=name)

    page = site.get(f"/appointment/{token}{path}")

    assert "<script" not in page.text
    assert "49" not in words_in(page)
    assert path or name in words_in(page)


def test_a_name_that_turns_the_line_around_turns_only_itself(site: Site) -> None:
    page = site.get(f"/appointment/{site.book(name=chr(0x202E) + 'Dawn')}")

    assert f"<bdi>{chr(0x202E)}Dawn</bdi>" in page.text


def test_once_the_contact_is_removed_the_page_names_nobody(site: Site) -> None:
    token = site.book()
    with site.database.begin() as connection:
        connection.execute(APPOINTMENTS.update().values(name=None, email=None, phone=None, consents=None))

    page = site.get(f"/appointment/{token}")

    assert page.status_code == 200
    assert "<bdi>" not in page.text


# ---- What browsers, and those who read our logs, are told


@pytest.mark.parametrize("path", [*PAGES, "x", "/../nowhere"])
def test_every_answer_keeps_the_link_secret_and_the_page_to_itself(site: Site, path: str) -> None:
    headers = site.get(f"/appointment/{site.book()}{path}").headers

    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    for rule in ("default-src 'none'", "style-src 'self'", "form-action 'self'", "frame-ancestors 'none'"):
        assert rule in headers["Content-Security-Policy"].split("; ")


def test_a_redirect_keeps_the_link_secret_too(site: Site) -> None:
    token = site.book()
    site.now = local("2026-11-26 16:00")

    answer = site.get(f"/appointment/{token}/cancel", allow_redirects=False)

    assert (answer.status_code, answer.headers["Location"]) == (303, f"/appointment/{token}")
    assert (answer.headers["Referrer-Policy"], answer.headers["Cache-Control"]) == ("no-referrer", "no-store")


def test_the_pages_have_no_script_and_name_no_other_site(site: Site) -> None:
    token = site.book()

    for path in ("", "/move", "/cancel"):
        text = site.get(f"/appointment/{token}{path}").text
        assert "<script" not in text
        assert "//" not in text.replace("<!doctype html>", "")


def in_our_log(caplog: pytest.LogCaptureFixture) -> str:
    """Without what the test's own browser writes."""
    return "\n".join(record.getMessage() for record in caplog.records if not record.name.startswith("urllib3"))


def test_a_failure_is_calm_and_the_log_does_not_have_the_link(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    token = site.book()
    caplog.set_level("DEBUG")
    site.appointments = None

    page = site.get(f"/appointment/{token}")

    assert page.status_code == 503
    assert "Something went wrong on our side" in page.text
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "page failed" in in_our_log(caplog)
    assert token not in in_our_log(caplog)


def test_what_works_is_not_in_the_log_either(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    token = site.book()
    caplog.set_level("DEBUG")

    for path in PAGES:
        site.get(f"/appointment/{token}{path}")
    site.post(f"/appointment/{token}/cancel")

    assert token not in in_our_log(caplog)


# ---- For the visitor's own calendar


def test_the_file_for_calendars_says_when_and_not_what_for(site: Site) -> None:
    token = site.book()

    file = site.get(f"/appointment/{token}/calendar.ics")

    (event,) = Calendar.from_ical(file.text).walk("VEVENT")
    assert event.decoded("dtstart") == local("2026-11-26 16:00")
    assert event.decoded("dtend") == local("2026-11-26 17:00")
    assert file.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "attachment" in file.headers["Content-Disposition"]
    assert [word for word in ("swedish", "mei", "dawn", "example.com") if word in file.text.lower()] == []


def test_what_was_cancelled_has_no_such_file(site: Site) -> None:
    token = site.book()
    site.appointments.cancel(site.booked(token).id)

    page = site.get(f"/appointment/{token}/calendar.ics")

    assert "This appointment is cancelled" in words_in(page)
