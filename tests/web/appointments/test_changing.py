"""Moving and cancelling through the link: once, in time, and never by accident."""

import pytest
from sqlalchemy import select

from clinic.appointments import Status
from storage.appointments import Appointments
from storage.tables import OUTBOX
from tests.web.appointments.site import DEADLINE, Site, local, slot, times_in, words_in

LATER = "2026-11-26 12:30"


def told(site: Site) -> set[str]:
    """What will be told to somebody."""
    with site.database.begin() as connection:
        return set(connection.execute(select(OUTBOX.c.message)).scalars())


# ---- Moving


def test_the_free_times_are_those_of_the_same_therapist_in_the_week_of_the_appointment(site: Site) -> None:
    token = site.book()

    page = site.get(f"/appointment/{token}/move")

    tuesday = [slot(f"2026-11-24 {at}").id for at in ("12:00", "12:30", "13:00", "13:30", "14:00", "14:30")]
    assert times_in(page)[:6] == tuesday
    assert {one.split("-")[0] for one in times_in(page)} == {"mei"}
    assert "Free times, November 23 to November 29" in words_in(page)


def test_its_own_time_is_in_nobodys_way_and_is_not_offered(site: Site) -> None:
    offered = times_in(site.get(f"/appointment/{site.book()}/move"))

    assert slot("2026-11-26 15:30").id in offered
    assert slot("2026-11-26 16:00").id not in offered


def test_times_that_others_have_are_not_offered(site: Site) -> None:
    token = site.book()
    site.book("2026-11-26 13:00")

    offered = times_in(site.get(f"/appointment/{token}/move"))

    on_thursday = [one for one in offered if "20261126T" in one]
    assert on_thursday == [slot(f"2026-11-26 {at}").id for at in ("14:30", "15:00", "15:30")]


def test_other_therapists_are_offered_to_those_who_ask(site: Site) -> None:
    token = site.book()

    page = site.get(f"/appointment/{token}/move?with=anyone")

    assert {one.split("-")[0] for one in times_in(page)} == {"mei", "sam"}


def test_a_week_without_free_times_says_when_there_are_some(site: Site) -> None:
    token = site.book()

    page = site.get(f"/appointment/{token}/move?from=2026-12-09")

    assert times_in(page) == []
    assert "Nothing is free with Mei (demo) in this week" in words_in(page)
    assert "Tuesday, December 15" in words_in(page)


def test_when_nothing_is_free_any_more_the_desk_is_named(site: Site) -> None:
    token = site.book()
    site.appointments.set_busy("hers", "therapist:mei", [(local("2026-11-23 00:00"), local("2027-01-31 00:00"), "1")])

    page = site.get(f"/appointment/{token}/move")

    assert "Please call us" in words_in(page)
    assert times_in(page) == []


def test_a_chosen_time_becomes_the_appointments(site: Site) -> None:
    token = site.book()

    page = site.post(f"/appointment/{token}/move", {"slot": slot(LATER).id})

    assert "Your appointment is moved" in words_in(page)
    assert "12:30 pm to 1:30 pm" in words_in(page)
    assert site.booked(token).start == local(LATER)
    assert {"calendar", "reminder"} <= told(site)


def test_it_moves_to_another_therapist_only_when_that_was_chosen(site: Site) -> None:
    token = site.book()

    site.post(f"/appointment/{token}/move", {"slot": slot(LATER, therapist="sam").id, "with": "anyone"})

    assert (site.booked(token).therapist, site.booked(token).start) == ("sam", local(LATER))


def test_the_same_move_sent_twice_is_one_move(site: Site) -> None:
    token = site.book()

    pages = [site.post(f"/appointment/{token}/move", {"slot": slot(LATER).id}) for _ in range(2)]

    assert ["Your appointment is moved" in words_in(page) for page in pages] == [True, True]
    assert site.booked(token).sequence == 1


def test_the_link_still_works_after_a_move_to_a_later_day(site: Site) -> None:
    token = site.book()
    site.post(f"/appointment/{token}/move", {"slot": slot("2026-12-03 12:00").id})

    site.now = local("2026-11-30 12:00")

    assert "Thursday, December 3" in words_in(site.get(f"/appointment/{token}"))


def test_a_time_taken_meanwhile_is_said_and_the_list_shown_anew(site: Site) -> None:
    token = site.book()
    site.book(LATER)

    page = site.post(f"/appointment/{token}/move", {"slot": slot(LATER).id})

    assert page.status_code == 409
    assert "That time is no longer free" in words_in(page)
    assert times_in(page)
    assert site.booked(token).start == local("2026-11-26 16:00")


class Behind(Appointments):
    """Does not know yet what others have booked in this moment."""

    def busy(self, *_: object, **__: object) -> list:
        return []


def test_the_database_has_the_last_word_on_what_is_taken(site: Site) -> None:
    token = site.book()
    site.book(LATER)
    site.appointments = Behind(site.database, now=lambda: site.now)

    page = site.post(f"/appointment/{token}/move", {"slot": slot(LATER).id})

    assert page.status_code == 409
    assert site.booked(token).start == local("2026-11-26 16:00")


@pytest.mark.parametrize(
    "forged",
    [
        "mei-90-swedish_massage-20261126T183000Z",
        "mei-60-deep_tissue_massage-20261126T183000Z",
        "sam-60-swedish_massage-20261126T090000Z",
        "mei-60-swedish_massage-20261126T181000Z",
        "mei-60-swedish_massage-20251126T183000Z",
        "mei-60-swedish_massage-20301126T183000Z",
        "nobody-60-swedish_massage-20261126T183000Z",
        "<script>",
        pytest.param("x" * 10_000, id="long"),
    ],
)
def test_a_time_that_was_not_offered_is_refused(site: Site, forged: str) -> None:
    token = site.book()

    page = site.post(f"/appointment/{token}/move", {"slot": forged})

    assert page.status_code == 409
    assert "<script" not in page.text
    assert site.booked(token).sequence == 0


@pytest.mark.parametrize("data", [{}, {"slot": ""}, {"from": "2026-12-01"}])
def test_without_a_choice_nothing_moves_and_the_times_are_shown_again(site: Site, data: dict[str, str]) -> None:
    token = site.book()

    page = site.post(f"/appointment/{token}/move", data)

    assert page.status_code == 422
    assert "No time was chosen" in words_in(page)
    assert times_in(page)


def test_after_a_refusal_the_same_week_and_therapists_are_shown(site: Site) -> None:
    token = site.book()

    page = site.post(f"/appointment/{token}/move", {"from": "2026-12-07", "with": "anyone"})

    assert "December 7 to December 13" in words_in(page)
    assert times_in(page)[0].startswith("sam-")


# ---- Cancelling


def test_cancelling_asks_first_and_then_frees_the_time(site: Site) -> None:
    token = site.book()
    asked = site.get(f"/appointment/{token}/cancel")
    assert site.booked(token).status is Status.CONFIRMED

    done = site.post(f"/appointment/{token}/cancel")

    assert "Cancel this appointment?" in words_in(asked)
    assert "This appointment is cancelled" in words_in(done)
    assert site.booked(token).status is Status.CANCELLED
    assert slot("2026-11-26 16:00").id in times_in(site.get(f"/appointment/{site.book(LATER)}/move"))


def test_the_same_cancellation_sent_twice_is_one(site: Site) -> None:
    token = site.book()

    pages = [site.post(f"/appointment/{token}/cancel") for _ in range(2)]

    assert ["This appointment is cancelled" in words_in(page) for page in pages] == [True, True]
    assert site.booked(token).sequence == 1


def test_what_was_cancelled_is_not_moved(site: Site) -> None:
    token = site.book()
    site.post(f"/appointment/{token}/cancel")

    page = site.post(f"/appointment/{token}/move", {"slot": slot(LATER).id})

    assert "This appointment is cancelled" in words_in(page)
    assert site.booked(token).status is Status.CANCELLED


def test_a_link_changes_its_own_appointment_and_no_other(site: Site) -> None:
    token, other = site.book(), site.book(LATER)

    site.post(f"/appointment/{token}/cancel")

    assert site.booked(other).status is Status.CONFIRMED


# ---- In time


def test_until_the_last_moment_it_can_be_changed(site: Site) -> None:
    token, other = site.book(), site.book("2026-11-26 16:00", therapist="sam", room="room_2")
    site.now = local(DEADLINE)

    site.post(f"/appointment/{token}/move", {"slot": slot("2026-12-01 12:00").id})
    site.post(f"/appointment/{other}/cancel")

    assert site.booked(token).start == local("2026-12-01 12:00")
    assert site.booked(other).status is Status.CANCELLED


@pytest.mark.parametrize(("path", "data"), [("move", {"slot": slot("2026-12-01 12:00").id}), ("cancel", {})])
def test_a_minute_later_only_the_desk_can_change_it(site: Site, path: str, data: dict[str, str]) -> None:
    token = site.book()
    site.now = local("2026-11-25 16:01")

    pages = [site.get(f"/appointment/{token}/{path}"), site.post(f"/appointment/{token}/{path}", data)]

    for page in pages:
        assert "To move or cancel it, please call 780-555-0142" in words_in(page)
        assert "It stays booked as it is." in words_in(page)
        assert "the fee is half the price" in words_in(page)
        assert 'href="tel:+1-780-555-0142"' in page.text
    assert site.booked(token).sequence == 0


def test_a_move_to_within_that_time_is_told_as_done_and_as_the_last(site: Site) -> None:
    token = site.book()

    page = site.post(f"/appointment/{token}/move", {"slot": slot("2026-11-23 12:00", therapist="sam").id})

    assert "Your appointment is moved" in words_in(page)
    assert "please call" in words_in(page)


@pytest.mark.parametrize("path", ["move", "cancel"])
def test_what_has_begun_is_not_changed(site: Site, path: str) -> None:
    token = site.book()
    site.now = local("2026-11-26 16:00")

    page = site.post(f"/appointment/{token}/{path}", {"slot": slot("2026-12-01 12:00").id})

    assert "This appointment is in the past" in words_in(page)
    assert site.booked(token).sequence == 0


# ---- By the visitor, and nobody else


@pytest.mark.parametrize("path", ["move", "cancel"])
@pytest.mark.parametrize("origin", ["cross-site", "same-site", "none"])
def test_a_form_sent_from_elsewhere_changes_nothing(site: Site, path: str, origin: str) -> None:
    token = site.book()

    page = site.post(f"/appointment/{token}/{path}", {"slot": slot(LATER).id}, **{"Sec-Fetch-Site": origin})

    assert "Your appointment" in words_in(page)
    assert site.booked(token).sequence == 0


def test_a_form_of_our_own_page_is_obeyed(site: Site) -> None:
    token = site.book()

    site.post(f"/appointment/{token}/cancel", **{"Sec-Fetch-Site": "same-origin"})

    assert site.booked(token).status is Status.CANCELLED


@pytest.mark.parametrize("path", ["move", "cancel"])
def test_a_form_with_a_forged_link_is_answered_like_any_such_link(site: Site, path: str) -> None:
    page, other = site.post(f"/appointment/x/{path}", {"slot": slot(LATER).id}), site.get("/appointment/x")

    assert (page.status_code, page.text) == (404, other.text)
