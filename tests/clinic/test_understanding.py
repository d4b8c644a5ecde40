"""What a message is taken to ask: one question, several, what was talked about before, or what is asked back."""

from collections.abc import Sequence

import pytest

from clinic.answers import Answer
from clinic.understanding import (
    FEW_WORDS,
    LIKELY_TO_BE_NONE,
    MOST_OFFERS,
    MOST_QUESTIONS,
    MOST_TOPICS,
    OUT_OF_SCOPE,
    SAY_MORE,
    SMALL_CHANGE,
    STATEMENT_WORDS,
    SURE,
    SURE_ALONE,
    SURE_OF_A_PART,
    SURE_OF_A_RUN_ON,
    SURE_OF_A_STATEMENT,
    SURE_OF_SMALL_TALK,
    WORTH_ASKING,
    WORTH_OFFERING,
    Guess,
    Ranking,
    Understood,
    offers,
    topics_after,
    understand,
)
from tests.builders import answer, clinic_answer

LESS = 0.001
ANSWERABLE = {"sleep", "prices", "contact", "minors", OUT_OF_SCOPE}

TILT = answer("pelvic_tilt", name="the pelvic tilt", topic="stretches")
KNEE = answer("knee_to_chest", name="knee to chest", topic="stretches")
STRETCHES = answer(
    "stretches_overview", name="the stretches", topic="stretches", lists=["pelvic_tilt", "knee_to_chest"]
)
SWEDISH = answer("swedish_massage", name="Swedish massage", topic="massage")
TYPES = answer("massage_types", name="massage", topic="massage", lists=["swedish_massage"])
NAMELESS = clinic_answer("feedback")
PRICES = clinic_answer("prices", name="a massage")
ASSISTANT = [clinic_answer(name, topic="assistant") for name in ("thanks", "abuse", "are_you_a_bot", OUT_OF_SCOPE)]
SERVICES = [clinic_answer(name, topic="service") for name in ("talk_to_human", "book_appointment")]
ANSWERS = {one.id: one for one in (TILT, KNEE, STRETCHES, SWEDISH, TYPES, NAMELESS, PRICES, *ASSISTANT, *SERVICES)}

STORY = " ".join(["slowly"] * FEW_WORDS)  # makes any message a long one


def guess(intent: str, confidence: float = 1.0) -> Ranking:
    return [Guess(intent, confidence)]


def understood(text: str, rankings: dict[str, Ranking], topics: Sequence[Answer] = ()) -> Understood:
    """What the message asks, when a classifier is sure of these texts only."""
    unsure = guess("unsure", 0.0)
    return understand(
        text,
        rankings.get(text, unsure),
        lambda texts: [rankings.get(one, unsure) for one in texts],
        topics,
        ANSWERS,
    )


def questions(text: str, rankings: dict[str, Ranking], topics: Sequence[Answer] = ()) -> list[str]:
    return understood(text, rankings, topics).questions


def cost_and_way(cost: float, way: float, whole: Ranking) -> list[str]:
    """What is asked by two questions when the classifier is so sure of each, and this of both together."""
    text = "how much is an hour and where do i park"
    rankings = {"how much is an hour": guess("prices", cost), "where do i park": guess("parking", way), text: whole}
    return questions(text, rankings)


# ---- One question


def test_a_guess_at_the_threshold_is_the_question_and_one_below_is_none() -> None:
    assert questions("how should i sleep", {"how should i sleep": guess("sleep", SURE)}) == ["sleep"]
    assert questions("how should i sleep", {"how should i sleep": guess("sleep", SURE - LESS)}) == []


def test_what_is_about_the_assistant_needs_a_less_sure_guess() -> None:
    assert questions("ta", {"ta": guess("thanks", SURE_OF_SMALL_TALK)}) == ["thanks"]
    assert questions("ta", {"ta": guess("thanks", SURE_OF_SMALL_TALK - LESS)}) == []
    assert questions("ta", {"ta": guess(OUT_OF_SCOPE, SURE_OF_SMALL_TALK)}) == [OUT_OF_SCOPE]


def test_the_guesses_are_kept_for_asking_back_when_it_is_not_sure() -> None:
    ranking = [Guess("sleep", 0.3), Guess("prices", 0.2)]

    assert understood("how should i sleep", {"how should i sleep": ranking}) == ([], ranking)


@pytest.mark.parametrize("topics", [[], [TILT]])
def test_a_message_without_guesses_asks_nothing(topics: list[Answer]) -> None:
    assert understand("👍", [], lambda texts: [guess("sleep") for _ in texts], topics, ANSWERS).questions == []


# ---- Several


def test_two_questions_are_answered_in_their_order() -> None:
    assert cost_and_way(1, 1, whole=guess("parking")) == ["prices", "parking"]


def test_a_part_needs_a_surer_guess_than_a_message() -> None:
    assert cost_and_way(1, SURE_OF_A_PART, whole=guess("prices")) == ["prices", "parking"]
    assert cost_and_way(1, SURE_OF_A_PART - LESS, whole=guess("prices")) == ["prices"]


def test_the_whole_message_counts_where_only_one_of_its_parts_is_sure() -> None:
    assert cost_and_way(1, 0, whole=guess("insurance")) == ["insurance"]


def test_a_part_counts_where_the_whole_message_is_not_sure() -> None:
    assert cost_and_way(1, 0, whole=guess("insurance", SURE - LESS)) == ["prices"]


def test_a_part_that_states_needs_a_surer_guess_than_one_that_asks() -> None:
    def asked(confidence: float) -> list[str]:
        both = {"visa": guess("payment", confidence), "where do i park": guess("parking")}
        return questions("visa, and where do i park", {**both, "visa, and where do i park": guess("parking")})

    assert asked(SURE_OF_A_STATEMENT) == ["payment", "parking"]
    assert asked(SURE_OF_A_STATEMENT - LESS) == ["parking"]


def test_a_statement_in_a_sentence_of_its_own_asks_nothing() -> None:
    rankings = {"i sleep badly": guess("sleep"), "i sleep badly.": guess("sleep"), "where do i park": guess("parking")}

    assert questions("i sleep badly, where do i park", rankings) == ["sleep", "parking"]
    assert questions("i sleep badly. where do i park", rankings) == ["parking"]


def test_a_long_statement_before_a_question_says_why_it_is_asked() -> None:
    def asked(statement: str) -> list[str]:
        text = f"{statement}, do you take visa"
        rankings = {text: guess("payment_methods"), "do you take visa": guess("payment_methods")}
        return questions(text, {**rankings, statement: guess("minors")})

    words = [f"son{number}" for number in range(STATEMENT_WORDS)]
    assert asked(" ".join(words)) == ["minors", "payment_methods"]
    assert asked(" ".join([*words, "too"])) == ["payment_methods"]


def test_of_things_that_are_only_listed_one_alone_is_not_enough() -> None:
    assert questions("hours and address", {"hours": guess("hours"), "address": guess("contact")}) == [
        "hours",
        "contact",
    ]
    assert questions("hours and address", {"hours": guess("hours")}) == []


def test_in_a_story_a_statement_asks_nothing_and_a_question_still_does() -> None:
    parts = {"i sleep badly": guess("sleep"), "where do i park": guess("parking"), "is it far": guess("contact")}

    assert questions("i sleep badly, where do i park", parts) == ["sleep", "parking"]
    assert questions(f"i sleep badly, where do i park? is it far? {STORY}", parts) == []
    parts["where do i park?"], parts["is it far?"] = parts["where do i park"], parts["is it far"]
    assert questions(f"i sleep badly, where do i park? is it far? {STORY}", parts) == ["parking", "contact"]


def test_the_question_of_a_story_goes_before_a_guess_that_is_not_very_sure_of_all_of_it() -> None:
    text = f"{STORY}. where do i park"

    def asked(confidence: float) -> list[str]:
        return questions(text, {text: guess("sleep", confidence), "where do i park": guess("parking")})

    assert asked(SURE_ALONE - LESS) == ["parking"]
    assert asked(SURE_ALONE) == ["sleep"]


def test_a_question_asked_twice_is_answered_once() -> None:
    parts = {"what is the price": guess("prices"), "how much is an hour": guess("prices")}
    text = "what is the price, how much is an hour"

    assert questions(text, {**parts, text: guess("prices")}) == ["prices"]


def test_at_most_three_questions_are_answered() -> None:
    parts = {f"what is {name}?": guess(name) for name in "abcd"}

    assert questions(" ".join(parts), parts) == ["a", "b", "c"]
    assert MOST_QUESTIONS == 3


@pytest.mark.parametrize("politeness", sorted(SMALL_CHANGE))
def test_politeness_is_answered_alone_and_not_beside_a_question(politeness: str) -> None:
    text = "so nice of you. where do i park"
    rankings = {"so nice of you.": guess(politeness), "where do i park": guess("parking"), text: guess(politeness)}

    assert questions("so nice of you.", rankings) == [politeness]
    assert questions(text, rankings) == ["parking"]


def test_what_is_out_of_scope_is_not_said_beside_an_answer() -> None:
    text = "do you sell cars and where do i park"

    assert questions(text, {"do you sell cars": guess(OUT_OF_SCOPE), "where do i park": guess("parking")}) == [
        "parking"
    ]


def test_a_question_for_the_dose_of_a_stretch_goes_with_the_stretch() -> None:
    parts = {"how is the tilt done?": guess("pelvic_tilt"), "how many times?": guess("sessions")}
    text = "how is the tilt done? how many times?"

    assert questions(text, parts) == ["pelvic_tilt", "sessions"]
    assert questions(text, {**parts, "how many times the pelvic tilt": guess("pelvic_tilt")}) == ["pelvic_tilt"]


def test_a_question_after_a_stretch_that_does_not_point_back_is_its_own() -> None:
    own = "how long should somebody with a bad back sleep?"
    parts = {"how is the tilt done?": guess("pelvic_tilt"), own: guess("sleep")}

    found = questions(f"how is the tilt done? {own}", {**parts, f"{own[:-1]} the pelvic tilt": guess("pelvic_tilt")})

    assert found == ["pelvic_tilt", "sleep"]


def test_a_question_after_one_that_is_about_no_stretch_is_its_own() -> None:
    parts = {"how much is it?": guess("prices"), "how many times?": guess("sessions")}

    found = questions("how much is it? how many times?", {**parts, "how many times a massage": guess("prices")})

    assert found == ["prices", "sessions"]


@pytest.mark.parametrize(
    ("asked", "names"), [(["prices"], True), (["thanks", "prices"], True), (["thanks"], False), ([OUT_OF_SCOPE], False)]
)
def test_politeness_and_what_is_out_of_scope_name_no_topic(asked: list[str], names: bool) -> None:
    assert Understood(asked, []).names_a_topic is names


# ---- Questions that follow each other without a joint


def visa_and_way(visa: Ranking, way: Ranking) -> list[str]:
    """What is asked when the classifier takes both questions together for the first."""
    text = "do you take visa where are you"
    return questions(text, {text: guess("payment_methods"), "do you take visa": visa, "where are you": way})


def test_questions_without_a_joint_are_both_answered_when_it_is_sure_of_each() -> None:
    asked = guess("payment_methods", SURE_OF_A_RUN_ON)

    assert visa_and_way(asked, guess("contact", SURE_OF_A_RUN_ON)) == ["payment_methods", "contact"]
    assert visa_and_way(asked, guess("contact", SURE_OF_A_RUN_ON - LESS)) == ["payment_methods"]


def test_what_asks_the_same_twice_or_is_only_polite_is_not_cut() -> None:
    assert visa_and_way(guess("payment_methods"), guess("payment_methods")) == ["payment_methods"]
    assert visa_and_way(guess("payment_methods"), guess("thanks")) == ["payment_methods"]


def test_a_story_is_not_searched_for_questions_without_a_joint() -> None:
    text = f"do you take visa where are you {STORY}"
    rankings = {text: guess("payment_methods"), "do you take visa": guess("payment_methods")}

    assert questions(text, {**rankings, f"where are you {STORY}": guess("contact")}) == ["payment_methods"]


# ---- After a topic


def test_more_is_said_about_the_latest_topic() -> None:
    assert questions("why?", {"why?": guess(SAY_MORE)}, [TILT, PRICES]) == ["pelvic_tilt"]
    assert questions("why?", {"why?": guess(SAY_MORE)}) == [SAY_MORE]
    assert questions("why?", {"why?": guess(SAY_MORE, SURE - LESS)}, [TILT, PRICES]) == []


def test_a_word_that_points_stands_for_the_topic() -> None:
    rankings = {"how often should i do the pelvic tilt": guess("pelvic_tilt")}

    assert questions("how often should i do that", rankings, [TILT]) == ["pelvic_tilt"]
    assert questions("how often should i do that", rankings) == []


def test_a_word_that_points_plainly_may_ask_something_else_about_the_topic() -> None:
    rankings = {"does it hurt to get Swedish massage": guess("does_massage_hurt", SURE)}

    assert questions("does it hurt to get that", rankings, [SWEDISH]) == ["does_massage_hurt"]


def test_the_latest_topic_that_makes_sense_is_meant() -> None:
    tilt, swedish = {"is the pelvic tilt safe": guess("pelvic_tilt")}, {"is Swedish massage safe": guess("safety")}

    assert questions("is that safe", {**tilt, **swedish}, [SWEDISH, TILT]) == ["safety"]
    assert questions("is that safe", tilt, [SWEDISH, TILT]) == ["pelvic_tilt"]


def test_a_noun_tells_which_topic_is_meant() -> None:
    rankings = {"is the pelvic tilt safe": guess("pelvic_tilt"), "is Swedish massage safe": guess("swedish_massage")}

    assert questions("is that stretch safe", rankings, [SWEDISH, TILT]) == ["pelvic_tilt"]
    assert questions("is that massage safe", rankings, [TILT, SWEDISH]) == ["swedish_massage"]
    assert questions("is that stretch safe", rankings, [SWEDISH]) == []


def test_a_message_that_perhaps_points_back_may_only_ask_for_the_topic_itself() -> None:
    def asked(intent: str) -> list[str]:
        return questions("does it hurt", {"does the pelvic tilt hurt": guess(intent)}, [TILT])

    assert asked("pelvic_tilt") == ["pelvic_tilt"]
    assert asked("does_massage_hurt") == []


def test_a_message_that_perhaps_points_back_stands_for_itself_when_it_is_sure() -> None:
    def asked(confidence: float) -> list[str]:
        alone = {"does it hurt": guess("does_massage_hurt", confidence)}
        return questions("does it hurt", {**alone, "does the pelvic tilt hurt": guess("pelvic_tilt")}, [TILT])

    assert asked(SURE_ALONE) == ["does_massage_hurt"]
    assert asked(SURE_ALONE - LESS) == ["pelvic_tilt"]


def test_what_points_plainly_and_cannot_be_told_is_about_the_latest_topic() -> None:
    assert questions("hm, that one", {}, [TILT, SWEDISH]) == ["pelvic_tilt"]
    assert questions("hm, that one", {"hm, that one": guess("sleep", SURE)}, [TILT, SWEDISH]) == ["sleep"]


def test_a_topic_without_a_name_is_not_pointed_to() -> None:
    assert questions("is that safe", {"is None safe": guess("feedback")}, [NAMELESS]) == []


def test_a_message_that_does_not_point_back_is_not_about_the_topic() -> None:
    text = "how long should somebody with a bad back sleep"

    assert questions(text, {f"{text} the pelvic tilt": guess("pelvic_tilt")}, [TILT]) == []


# ---- After a list


@pytest.mark.parametrize(
    ("text", "chosen"),
    [("the first one", "pelvic_tilt"), ("and the second?", "knee_to_chest"), ("the last one", "knee_to_chest")],
)
def test_a_place_chooses_from_what_was_listed(text: str, chosen: str) -> None:
    assert questions(text, {text: guess("sessions")}, [STRETCHES]) == [chosen]
    assert questions(text, {text: guess("sessions")}) == ["sessions"]


def test_a_place_chooses_from_the_latest_list_even_when_something_was_said_since() -> None:
    assert questions("the first one", {}, [TILT, STRETCHES, TYPES]) == ["pelvic_tilt"]
    assert questions("the first one", {}, [TILT, TYPES, STRETCHES]) == ["swedish_massage"]


def test_a_place_beyond_the_list_chooses_nothing() -> None:
    text = "number three"

    assert questions(text, {}, [STRETCHES]) == []
    assert questions("number two", {}, [STRETCHES]) == ["knee_to_chest"]


# ---- The topics


def test_the_last_answer_said_is_the_latest_topic() -> None:
    assert topics_after(["prices", "pelvic_tilt"], ["swedish_massage"], ANSWERS) == [
        "pelvic_tilt",
        "prices",
        "swedish_massage",
    ]


def test_a_topic_that_comes_back_is_the_latest_and_stands_once() -> None:
    assert topics_after(["prices"], ["pelvic_tilt", "prices"], ANSWERS) == ["prices", "pelvic_tilt"]


def test_what_has_no_name_or_no_answer_is_no_topic() -> None:
    assert topics_after(["feedback", "thanks"], ["prices"], ANSWERS) == ["prices"]


def test_only_the_latest_topics_are_kept() -> None:
    before = ["pelvic_tilt", "knee_to_chest", "stretches_overview", "swedish_massage"]

    assert topics_after(["prices"], before, ANSWERS) == ["prices", *before][:MOST_TOPICS]
    assert MOST_TOPICS >= 3


def test_nothing_said_leaves_the_topics_as_they_were() -> None:
    assert topics_after([], ["prices", "pelvic_tilt"], ANSWERS) == ["prices", "pelvic_tilt"]


# ---- Asking back


def test_likely_questions_are_offered_the_likeliest_first() -> None:
    offered = offers([Guess("sleep", 0.2), Guess("prices", 0.1)], ANSWERABLE)

    assert offered == ["sleep", "prices"]


def test_an_unlikely_question_is_not_offered() -> None:
    likeliest = Guess("minors", WORTH_ASKING)
    ranking = [likeliest, Guess("sleep", WORTH_OFFERING), Guess("prices", WORTH_OFFERING - LESS)]

    assert offers(ranking, ANSWERABLE) == ["minors", "sleep"]
    assert offers([likeliest._replace(confidence=WORTH_ASKING - LESS), *ranking[1:]], ANSWERABLE) == []


def test_nothing_is_offered_when_it_may_well_be_out_of_scope() -> None:
    ranking = [Guess("sleep", 0.4), Guess(OUT_OF_SCOPE, LIKELY_TO_BE_NONE)]

    assert offers(ranking, ANSWERABLE) == []
    assert offers([ranking[0], Guess(OUT_OF_SCOPE, LIKELY_TO_BE_NONE - LESS)], ANSWERABLE) == ["sleep"]


def test_at_most_three_are_offered() -> None:
    ranking = [Guess(intent, 0.2) for intent in ("sleep", "prices", "contact", "minors")]

    assert offers(ranking, ANSWERABLE) == ["sleep", "prices", "contact"]
    assert MOST_OFFERS == 3


def test_what_cannot_be_answered_is_skipped_for_the_next() -> None:
    offered = offers([Guess("stop", 0.25), Guess(OUT_OF_SCOPE, 0.15), Guess("sleep", 0.1)], ANSWERABLE)

    assert offered == ["sleep"]


def test_nothing_is_offered_when_nothing_was_guessed() -> None:
    assert offers([], ANSWERABLE) == []


@pytest.mark.parametrize(
    ("text", "named", "intent"),
    [
        ("thanks, that helps", "the pelvic tilt helps", "thanks"),
        ("this is useless", "the pelvic tilt is useless", "abuse"),
        ("is this a real person?", "is the pelvic tilt a real person?", "are_you_a_bot"),
        ("can i talk to someone about this", "can i talk to someone about the pelvic tilt", "talk_to_human"),
        ("can i book that on monday", "can i book the pelvic tilt on monday", "book_appointment"),
    ],
)
def test_what_is_clear_as_it_stands_is_not_taken_for_the_topic(text: str, named: str, intent: str) -> None:
    assert questions(text, {text: guess(intent), named: guess("pelvic_tilt")}, [TILT]) == [intent]


def test_a_whole_question_is_not_taken_for_the_topic_before() -> None:
    text = "how long does the pain last when it is bad?"
    rankings = {text: guess("duration", SURE), text.replace("it", "the pelvic tilt"): guess("pelvic_tilt")}

    assert questions(text, rankings, [TILT]) == ["duration"]
    assert questions("does it last?", {"does the pelvic tilt last?": guess("pelvic_tilt")}, [TILT]) == ["pelvic_tilt"]


def test_a_question_that_names_another_topic_is_not_about_the_one_before() -> None:
    text = "and is swedish good for that?"
    named = {"is swedish good for the pelvic tilt?": guess("pelvic_tilt")}

    assert questions(text, {text: guess("swedish_massage", SURE_ALONE), **named}, [TILT]) == ["swedish_massage"]
    assert questions(text, {text: guess("swedish_massage", SURE_ALONE - LESS), **named}, [TILT]) == ["pelvic_tilt"]


def test_two_questions_after_a_topic_are_both_answered() -> None:
    text = "can you tell me how much it is and where are you"
    alone = {"can you tell me how much it is": guess("prices"), "where are you": guess("contact")}
    named = {"can you tell me how much a massage is and where are you": guess("prices")}

    assert questions(text, {text: guess("prices", 0.85), **alone, **named}, [PRICES]) == ["prices", "contact"]


def test_a_short_question_with_a_topic_of_its_own_is_not_taken_for_the_topic_before() -> None:
    text = "what is swedish massage?"
    rankings = {text: guess("swedish_massage", 0.99), "what is swedish massage the pelvic tilt": guess("pelvic_tilt")}

    assert questions(text, rankings, [TILT]) == ["swedish_massage"]


@pytest.mark.parametrize(
    ("text", "named"),
    [("is it safe?", "is the pelvic tilt safe?"), ("and how often?", "how often the pelvic tilt")],
)
def test_what_lacks_a_topic_of_its_own_is_asked_of_the_topic_before(text: str, named: str) -> None:
    rankings = {text: guess("swedish_massage", 0.99), named: guess("pelvic_tilt")}

    assert questions(text, rankings, [TILT]) == ["pelvic_tilt"]
