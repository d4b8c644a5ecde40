"""References: how one is made, and how it is read from what people write."""

import pytest

from clinic.appointments import ALPHABET, new_reference, reference_in


def test_a_reference_is_ten_characters_that_are_not_mistaken_for_one_another() -> None:
    references = [new_reference() for _ in range(1000)]

    assert {len(reference) for reference in references} == {10}
    assert set("".join(references)) == set(ALPHABET)
    assert not set("ILOU") & set(ALPHABET)
    assert len(set(references)) == 1000


def test_every_reference_is_read_however_it_is_written() -> None:
    for reference in [new_reference() for _ in range(1000)]:
        shown = f"{reference[:5]}-{reference[5:]}"

        assert reference_in(reference) == reference
        assert reference_in(f"it's {shown.lower()}, thanks!") == reference
        assert reference_in(" ".join(reference)) == reference
        assert reference_in(reference.replace("0", "O").replace("1", "l")) == reference


@pytest.mark.parametrize(
    "text",
    [
        "K7M2Q9XW4T",
        "k7m2q9xw4t",
        "K7M2Q-9XW4T",
        "K7M2Q – 9XW4T.",
        "#K7M2Q_9XW4T",
        "k 7 m 2 q - 9 x w 4 t",
        "my reference is K7M2Q-9XW4T",
        "please check K7M2Q 9XW4T today",
        "where is\nK7M2Q 9XW4T\nthere",
        "(K7M2Q-9XW4T)",
    ],
)
def test_a_reference_is_found_in_a_text(text: str) -> None:
    assert reference_in(text) == "K7M2Q9XW4T"


def test_letters_that_look_like_digits_are_read_as_these() -> None:
    assert reference_in("KIM2Q-OXLoT") == "K1M2Q0X10T"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "I want to cancel my appointment",
        "hello there",
        "references collection",
        "780-555-0142",
        "7805550142",
        "+1 780 555 0142",
        "K7M2Q",
        "K7M2Q-9XW4",
        "K7M2Q-9XW4TT",
        "UUUUU-22222",
        "at 3 on friday",
        "2026-12-01 10:00",
    ],
)
def test_what_is_no_reference_is_not_taken_for_one(text: str) -> None:
    assert reference_in(text) is None
