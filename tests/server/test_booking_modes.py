"""Each way of booking is one line in content/facts/schedule.yml, and holds for whoever books next."""

from time import monotonic

import pytest

from storage.call_backs import CallBacks
from storage.database import open_database
from tests.builders import edit
from tests.running import Server
from tests.visitor import Visitor, answers, bots

pytestmark = pytest.mark.slow

LIVE_SECONDS = 10.0

LINK = 'booking: link\nlink: "https://booking.example.com/{treatment}?with={therapist}"'
LINK += '\nlink_any_therapist: "https://booking.example.com/{treatment}"\ntheir_ids: {swedish_massage: "12", mei: "3"}'


def serving(server: Server, mode: str) -> Visitor:
    """A visitor of a clinic that books in this way."""
    edit(server.content / "facts" / "schedule.yml", "booking: appointments", mode)
    return Visitor(server.start().address)


def test_with_a_link_the_visitor_is_led_to_the_right_page_of_the_other_system(own_server: Server) -> None:
    visitor = serving(own_server, LINK)

    visitor.say("hi i'm Dana Test, can i book a swedish massage with mei, i work at the mill")
    done = visitor.press("None of these")

    (said,) = bots(done)
    assert "(https://booking.example.com/12?with=3)" in said["text"]
    assert "dana" not in said["text"].lower()
    assert "Nothing is booked" in said["text"]


def test_with_a_link_changes_are_left_to_the_other_system(own_server: Server) -> None:
    visitor = serving(own_server, LINK)

    said = visitor.say("i need to cancel my appointment")

    assert answers(said) == ["cancel_appointment"]
    assert "stays booked" in bots(said)[0]["text"]


def test_with_requests_the_desk_is_left_the_wish_and_the_number(own_server: Server) -> None:
    visitor = serving(own_server, "booking: request")

    visitor.say("i want to book a swedish massage")
    visitor.press("None of these")
    visitor.say("any day")
    visitor.say("Dana Test")
    visitor.say("780-555-0123")
    done = visitor.press("Yes, book it")

    ((_, kept),) = CallBacks(open_database(f"sqlite:///{own_server.data / 'clinic.db'}")).open()
    assert (kept.name, kept.phone) == ("Dana Test", "780-555-0123")
    assert "Swedish massage" in kept.wish
    assert "Nothing is booked yet" in bots(done)[0]["text"]


def test_the_way_changes_without_a_restart(own_server: Server) -> None:
    visitor = serving(own_server, LINK)
    visitor.say("i want to book a swedish massage")

    edit(own_server.content / "facts" / "schedule.yml", "booking: link\nlink:", "booking: appointments\nlink:")

    deadline = monotonic() + LIVE_SECONDS
    while "How long" not in (said := first_question(own_server)):
        assert monotonic() < deadline, said


def first_question(server: Server) -> str:
    """What a new visitor is asked after the safety check."""
    visitor = Visitor(server.address)
    visitor.say("i want to book a swedish massage")
    return str(bots(visitor.press("None of these"))[0]["text"])
