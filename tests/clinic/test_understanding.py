"""What is made of a guess: an answer, a question back, or nothing."""

from clinic.understanding import MOST_OFFERS, OUT_OF_SCOPE, SURE, WORTH_OFFERING, Guess, is_sure, offers

ANSWERABLE = {"sleep", "prices", "contact", "minors", OUT_OF_SCOPE}


def test_a_guess_at_the_threshold_is_sure_and_one_below_is_not() -> None:
    assert is_sure([Guess("sleep", SURE)])
    assert not is_sure([Guess("sleep", SURE - 0.001)])


def test_no_guess_is_not_sure() -> None:
    assert not is_sure([])


def test_only_the_first_guess_makes_sure() -> None:
    assert not is_sure([Guess("sleep", 0.1), Guess("prices", 0.9)])


def test_likely_questions_are_offered_the_likeliest_first() -> None:
    offered = offers([Guess("sleep", 0.2), Guess("prices", 0.1)], ANSWERABLE)

    assert offered == ["sleep", "prices"]


def test_an_unlikely_question_is_not_offered() -> None:
    offered = offers([Guess("sleep", WORTH_OFFERING), Guess("prices", WORTH_OFFERING - 0.001)], ANSWERABLE)

    assert offered == ["sleep"]


def test_at_most_three_are_offered() -> None:
    ranking = [Guess(intent, 0.2) for intent in ("sleep", "prices", "contact", "minors")]

    assert offers(ranking, ANSWERABLE) == ["sleep", "prices", "contact"]
    assert MOST_OFFERS == 3


def test_what_cannot_be_answered_is_skipped_for_the_next() -> None:
    offered = offers([Guess("stop", 0.25), Guess(OUT_OF_SCOPE, 0.2), Guess("sleep", 0.1)], ANSWERABLE)

    assert offered == ["sleep"]


def test_nothing_is_offered_when_nothing_was_guessed() -> None:
    assert offers([], ANSWERABLE) == []
