"""Booking: what each message adds to the draft of an appointment, in any order, and with every change of mind."""

from datetime import datetime

import pytest

from clinic.booking import heard, says_enough_to_book
from clinic.contact_details import Details
from clinic.draft import MOST_TRIES, Draft, OfferedTime, Purpose, Step, next_step
from clinic.message import Said
from tests.builders import said, schedule, service, shift

THERAPISTS = {"mei", "sam", "priya"}
BOTH = ["swedish_massage", "deep_tissue_massage"]
SCHEDULE = schedule(
    services=[service(minutes=[30, 60, 90]), service("deep_tissue_massage", minutes=[30, 60])],
    shifts=[shift(), shift("sam", gives=BOTH), shift("priya", gives=BOTH)],
)
FOUR_O_CLOCK = datetime(2026, 11, 26, 16)
WITH_PRIYA = "priya-60-deep_tissue_massage-20261126T220000Z"
CHOSEN = Draft(
    attempt="one",
    treatment="deep_tissue_massage",
    minutes=60,
    ranges=((datetime(2026, 11, 26), datetime(2026, 11, 26, 23, 59)),),
    offered=(OfferedTime(id=WITH_PRIYA, start=FOUR_O_CLOCK, therapist="priya"),),
    slot=WITH_PRIYA,
)
SUMMARY = CHOSEN.having(has_name=True, has_email=True, asked=Step.CONFIRM)


def told(text: str | Said, draft: Draft | None = None, *, asked: Step | None = None) -> tuple[Draft, Details]:
    """The draft after a message, and what it says of the visitor."""
    before = draft or Draft(attempt="one")
    message = said(text) if isinstance(text, str) else text
    return heard(before.having(asked=asked or before.asked), message, SCHEDULE, THERAPISTS) or (before, Details())


def after(text: str | Said, draft: Draft | None = None, *, asked: Step | None = None) -> Draft:
    return told(text, draft, asked=asked)[0]


# ---- Everything at once, and in any order


def test_one_breath_says_everything() -> None:
    draft, details = told("deep tissue for an hour with someone female thursday after 4, I'm Priya")

    assert (draft.treatment, draft.minutes, draft.therapist) == ("deep_tissue_massage", 60, "any_woman")
    assert draft.ranges == ((FOUR_O_CLOCK, datetime(2026, 11, 26, 23, 59)),)
    assert details == Details(name="Priya")


def test_the_order_does_not_matter() -> None:
    draft = Draft(attempt="one")
    for text in ("thursday after 4", "with priya", "60 minutes", "deep tissue"):
        draft = after(text, draft)

    same = after("deep tissue 60 minutes thursday after 4 with priya")
    assert draft == same


def test_a_message_that_adds_nothing_is_not_heard() -> None:
    assert heard(CHOSEN, said("the weather is nice"), SCHEDULE, THERAPISTS) is None


@pytest.mark.parametrize("text", ["swedish tomorrow", "an hour with mei", "60 min thursday", "I want to book swedish"])
def test_two_wishes_are_enough_to_book(text: str) -> None:
    assert says_enough_to_book(said(text))


@pytest.mark.parametrize("text", ["swedish", "tomorrow", "with mei", "hello"])
def test_one_wish_is_not(text: str) -> None:
    assert not says_enough_to_book(said(text))


# ---- The length and the therapist


def test_a_length_that_is_not_offered_is_said_to_be_none() -> None:
    draft = after("two hours", CHOSEN.having(minutes=None, slot=None), asked=Step.MINUTES)

    assert (draft.minutes, draft.remark) == (None, "no_such_length")


@pytest.mark.parametrize(
    ("text", "minutes"), [("the shortest", 30), ("the long one", 90), ("the usual", 60), ("not sure", 60)]
)
def test_a_length_can_be_chosen_without_a_number(text: str, minutes: int) -> None:
    before = Draft(attempt="one", treatment="swedish_massage", asked=Step.MINUTES)

    assert after(said(text, intent="session_duration", asks_something=True), before).minutes == minutes


def test_a_length_that_the_new_treatment_lacks_is_asked_for_again() -> None:
    draft = after("deep tissue please", Draft(attempt="one", treatment="swedish_massage", minutes=90))

    assert (draft.treatment, draft.minutes, draft.remark) == ("deep_tissue_massage", None, "no_such_length")


def test_a_therapist_who_does_not_give_the_treatment_is_told_of_and_left_out() -> None:
    draft = after("with mei", Draft(attempt="one", treatment="deep_tissue_massage"))

    assert (draft.therapist, draft.remark) == ("any", "not_given")


def test_two_people_are_booked_one_after_the_other() -> None:
    draft = after("for me and my wife")

    assert (draft.people, draft.remark) == (2, "two_people")


# ---- Another treatment, length or therapist, once a time was chosen


@pytest.mark.parametrize(
    ("text", "slot"),
    [
        ("actually swedish", "priya-60-swedish_massage-20261126T220000Z"),
        ("make it 30 minutes", "priya-30-deep_tissue_massage-20261126T220000Z"),
        ("with sam instead", "sam-60-deep_tissue_massage-20261126T220000Z"),
    ],
)
def test_who_changes_something_else_keeps_the_time(text: str, slot: str) -> None:
    draft = after(text, SUMMARY)

    assert draft.slot == slot
    assert next_step(draft) is Step.CONFIRM


def test_whoever_refuses_the_therapist_is_offered_others_at_that_time() -> None:
    draft = after("not with priya", SUMMARY)

    assert (draft.slot, draft.avoided) == (None, ("priya",))
    assert draft.ranges == ((FOUR_O_CLOCK, FOUR_O_CLOCK),)


def test_the_length_that_is_asked_for_again_does_not_lose_the_time() -> None:
    draft = after("90 minutes", SUMMARY)

    assert (draft.slot, draft.minutes, draft.ranges) == (None, None, ((FOUR_O_CLOCK, FOUR_O_CLOCK),))


def test_who_chooses_a_time_with_somebody_else_wants_that_therapist_from_then_on() -> None:
    offering = CHOSEN.having(therapist="sam", slot=None)

    assert after("the first one", offering, asked=Step.TIME).therapist == "priya"
    assert after("with priya then", offering, asked=Step.TIME).therapist == "priya"


# ---- The summary


@pytest.mark.parametrize("text", ["yes", "Yes, book it", "perfect", "go ahead", "looks good", "that's right"])
def test_a_yes_confirms(text: str) -> None:
    assert after(text, SUMMARY).confirmed


@pytest.mark.parametrize("text", ["no", "not yet", "wait", "no, change it"])
def test_a_no_asks_what_to_change(text: str) -> None:
    draft = after(text, SUMMARY)

    assert not draft.confirmed
    assert next_step(draft) is Step.CHANGE


@pytest.mark.parametrize("text", ["wait, what does it cost?", "ok and is there parking", "yes?"])
def test_a_question_about_the_summary_neither_confirms_nor_refuses(text: str) -> None:
    assert heard(SUMMARY, said(text, intent="prices", asks_something=True), SCHEDULE, THERAPISTS) is None


@pytest.mark.parametrize("text", ["no, friday", "yes but on friday", "no, make it 30 minutes", "ok, with sam though"])
def test_a_correction_is_no_agreement_and_is_read_back(text: str) -> None:
    draft = after(text, SUMMARY)

    assert not (draft.confirmed or draft.changing)


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("the time", Step.WHEN),
        ("another day", Step.WHEN),
        ("the treatment", Step.TREATMENT),
        ("the length", Step.MINUTES),
        ("different therapist", Step.TIME),
        ("wrong name", Step.NAME),
        ("my email is wrong", Step.EMAIL),
    ],
)
def test_what_is_to_be_changed_may_be_named_alone(text: str, step: Step) -> None:
    draft = after(text, SUMMARY.having(changing=True), asked=Step.CHANGE)

    assert next_step(draft) is step


@pytest.mark.parametrize("text", ["can I change the time?", "no, another time", "that is the wrong day"])
def test_the_time_can_be_refused_at_the_summary(text: str) -> None:
    assert next_step(after(text, SUMMARY)) is Step.WHEN


@pytest.mark.parametrize("text", ["can I change the time later?", "is it a different place"])
def test_a_question_about_changes_changes_nothing(text: str) -> None:
    assert heard(SUMMARY, said(text, asks_something=True), SCHEDULE, THERAPISTS) is None


def test_who_has_nothing_to_change_after_all_is_read_the_same_again() -> None:
    draft = after("no, it's fine", SUMMARY.having(changing=True), asked=Step.CHANGE)

    assert next_step(draft) is Step.CONFIRM


def test_the_word_cancel_is_no_answer_to_the_summary() -> None:
    assert heard(SUMMARY, said("no, cancel that", intent="cancel_appointment"), SCHEDULE, THERAPISTS) is None


# ---- The name


@pytest.mark.parametrize(
    "text", ["Dawn Walker", "it's Dawn Walker", "my name is Dawn Walker", "her name is Dawn Walker"]
)
def test_a_name_is_taken_even_when_it_looks_like_a_question(text: str) -> None:
    asked = CHOSEN.having(asked=Step.NAME)

    assert told(said(text, intent="walking_and_exercise", asks_something=True), asked)[1].name == "Dawn Walker"


@pytest.mark.parametrize("text", ["Mei", "priya", "Sam Example"])
def test_a_visitor_may_be_called_like_a_therapist(text: str) -> None:
    draft, details = told(text, CHOSEN, asked=Step.NAME)

    assert details.name == text
    assert (draft.therapist, draft.slot) == (None, WITH_PRIYA)


@pytest.mark.parametrize(
    "text", ["with sam", "not with priya", "friday", "swedish please", "30 minutes instead", "another time", "thanks"]
)
def test_other_answers_to_what_name_are_no_names(text: str) -> None:
    intent = "thanks" if text == "thanks" else "inform"

    assert told(said(text, intent=intent), CHOSEN, asked=Step.NAME)[1].name is None


def test_a_name_can_be_corrected_at_the_summary() -> None:
    assert told("no, my name is Bea Example", SUMMARY)[1] == Details(name="Bea Example")


def test_a_name_that_is_refused_is_not_taken() -> None:
    assert told("my name is not Ana", SUMMARY)[1] == Details()


# ---- The address and the number


@pytest.mark.parametrize("text", ["ana@example.com", "change the email to ana@example.com"])
def test_an_address_is_taken_even_when_it_looks_like_a_question(text: str) -> None:
    draft, details = told(said(text, intent="contact", asks_something=True), CHOSEN, asked=Step.EMAIL)

    assert (draft.has_email, details.email) == (True, "ana@example.com")


@pytest.mark.parametrize("text", ["ana@", "ana gmail", "ana@example", "ana1234@gmail"])
def test_half_an_address_is_asked_for_again(text: str) -> None:
    assert after(text, CHOSEN, asked=Step.EMAIL).remark == "bad_email"


def test_an_address_that_looks_misspelt_is_questioned() -> None:
    named = CHOSEN.having(has_name=True)
    draft = after("ana@gmial.com", named, asked=Step.EMAIL)

    assert next_step(draft) is Step.EMAIL_TYPO
    assert next_step(after("no", draft, asked=Step.EMAIL_TYPO)) is Step.CONFIRM


@pytest.mark.parametrize(
    "text",
    [
        *(
            "no email",
            "I don't have an e-mail",
            "she has no email",
            "she doesn't have email",
            "i don't use email",
            "I'd rather not",
            "none",
            "phone",
            "text me",
        ),
        *("can you call me instead?", "I'd rather give a phone number", "use my phone", "780-555-0101"),
    ],
)
def test_who_gives_no_address_is_asked_for_a_number(text: str) -> None:
    draft = after(text, CHOSEN.having(has_name=True), asked=Step.EMAIL)

    assert next_step(draft) in (Step.PHONE, Step.CONFIRM)


@pytest.mark.parametrize("text", ["please call me back", "why do you need my phone number", "no, friday"])
def test_other_answers_are_no_refusal_of_the_address(text: str) -> None:
    assert not after(text, CHOSEN, asked=Step.EMAIL).without_email


@pytest.mark.parametrize("text", ["780-555-O1O1", "555-0101", "seven eight zero five five five zero one zero one"])
@pytest.mark.parametrize("asked", [Step.EMAIL, Step.PHONE])
def test_half_a_number_is_asked_for_again(text: str, asked: Step) -> None:
    draft = after(said(text, intent="out_of_scope", asks_something=True), CHOSEN.having(has_name=True), asked=asked)

    assert draft.remark == "bad_phone"


# ---- Moving, cancelling, looking up


def test_a_move_keeps_treatment_and_length() -> None:
    move = CHOSEN.having(purpose=Purpose.MOVE, appointment="a1", slot=None, offered=())

    draft = after("my 90 minute swedish to friday with sam", move)

    assert (draft.treatment, draft.minutes, draft.therapist) == ("deep_tissue_massage", 60, "sam")
    assert draft.ranges[0][0].day == 27


@pytest.mark.parametrize("text", ["no, keep it", "keep it", "don't"])
def test_a_cancellation_can_be_refused(text: str) -> None:
    draft = Draft(attempt="one", purpose=Purpose.CANCEL, appointment="a1", asked=Step.CONFIRM)

    assert after(said(text, intent="long_term_benefits", asks_something=True), draft).changing


def test_the_word_cancel_agrees_to_a_cancellation() -> None:
    draft = Draft(attempt="one", purpose=Purpose.CANCEL, appointment="a1", asked=Step.CONFIRM)

    assert after(said("yes, cancel it", intent="cancel_appointment"), draft).confirmed


@pytest.mark.parametrize("text", ["I don't have it", "I lost it", "no", "where do i find it?"])
def test_who_has_no_reference_is_not_asked_for_it_again(text: str) -> None:
    draft = Draft(attempt="one", purpose=Purpose.CANCEL, asked=Step.REFERENCE)

    assert after(text, draft).tries == MOST_TRIES


def test_a_reference_behind_a_no_is_no_refusal() -> None:
    draft = Draft(attempt="one", purpose=Purpose.CANCEL, asked=Step.REFERENCE)

    assert after("no, K7M2Q-9XW4T", draft).tries == 0
