"""Reading content/: everything that is wrong with it at once, and edits while the assistant runs."""

import logging
import os
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from shutil import copytree

import pytest

from clinic.errors import ContentError
from storage import content_files
from storage.content_files import ContentReader, LiveContent
from storage.settings import ROOT
from tests.builders import DAY, edit


def problems(folder: Path) -> list[str]:
    with pytest.raises(ContentError) as refused:
        ContentReader(folder).read(DAY)
    return list(refused.value.problems)


def the_problem(folder: Path) -> str:
    (sentence,) = problems(folder)
    return sentence


def line(file: Path, text: str) -> int:
    """The line, from 1, on which a text stands once."""
    found = [number for number, one in enumerate(file.read_text(encoding="utf-8").splitlines(), 1) if text in one]
    assert len(found) == 1, f"{text!r} stands in the lines {found} of {file.name}"
    return found[0]


def test_a_folder_without_problems_is_read(folder: Path) -> None:
    content = ContentReader(folder).read(DAY)

    assert content.answer("sleep").question == "How should I sleep?"
    assert content.stretches["knee_to_chest"].steps[1].seconds == 5
    assert content.facts.on("phone", DAY) == "780-555-0142"
    assert [one.id for one in content.therapists] == ["mei"]


# ---- All problems at once


def test_all_problems_of_all_files_are_told_at_once_with_file_line_and_remedy(folder: Path) -> None:
    edit(folder / "answers" / "sleep.yml", "question:", "qestion:")
    edit(folder / "answers" / "sleep.yml", "evidence: weak", "evidence: proven")
    edit(folder / "answers" / "prices.yml", "2027-05-22", "2026-05-22")
    edit(folder / "stretches" / "knee_to_chest.yml", "seconds: 5", "seconds: 500")
    edit(folder / "facts" / "therapists.yml", "gender: woman", "gender: female")

    told = problems(folder)

    assert told == [
        "content/answers/prices.yml:10: review > next: the next review must come after this one, within three years",
        "content/answers/sleep.yml:1: qestion: is not a key known here; did you mean question?",
        "content/answers/sleep.yml:1: question: is missing: add it",
        "content/answers/sleep.yml:8: evidence: must be one of 'strong', 'mixed', 'weak', 'none', 'clinic fact'",
        "content/facts/therapists.yml:5: therapists > 0 > gender: must be one of 'woman', 'man'",
        "content/stretches/knee_to_chest.yml:11: steps > 1 > seconds: ensure this value is less than or equal to 60",
    ]


def test_all_problems_between_the_files_are_told_at_once_too(folder: Path) -> None:
    edit(folder / "answers" / "sleep.yml", "{phone}", "{fone}")
    edit(folder / "answers" / "sleep.yml", "[prices]", "[prices, cupping]")
    edit(folder / "answers" / "prices.yml", "on: 2026-11-22", "on: 2026-11-23")
    edit(folder / "stretches" / "knee_to_chest.yml", "knee_to_chest_2.svg", "knee_to_chest_9.svg")

    told = problems(folder)

    assert told == [
        "content/answers/prices.yml:9: 2026-11-23 is in the future: give the real day",
        "content/answers/sleep.yml:13: there is no answer cupping: correct or remove it",
        "content/answers/sleep.yml:5: {fone}: there is no fact named fone; name a fact of content/facts",
        "content/stretches/knee_to_chest.yml:9: content/stretches/pictures has no knee_to_chest_9.svg",
        "content/stretches/pictures/knee_to_chest_2.svg: no stretch uses this picture: delete it or use it",
    ]


def test_faults_in_a_copy_of_our_own_content_are_found_where_they_are(tmp_path: Path) -> None:
    folder = copytree(ROOT / "content", tmp_path / "content")
    greeting, prices = folder / "answers" / "greeting.yml", folder / "facts" / "prices.yml"
    edit(greeting, "topic:", "topics:")
    at_topic = line(greeting, "topics:")
    edit(prices, 'value: "$65"', "value: 65")
    at_price = line(prices, "value: 65")

    told = problems(folder)

    assert told == [
        "content/answers/greeting.yml:1: topic: is missing: add it",
        f"content/answers/greeting.yml:{at_topic}: topics: is not a key known here; did you mean topic?",
        f"content/facts/prices.yml:{at_price}: facts > price_30_minutes > values > 0 > value: "
        "must be a text: put it in quotes",
    ]


# ---- One file


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [("evidance", "evidence"), ("sourses", "sources"), ("anser", "answer"), ("se_also", "see_also")],
)
def test_a_misspelt_key_is_told_with_what_was_meant(folder: Path, wrong: str, meant: str) -> None:
    at = edit(folder / "answers" / "sleep.yml", f"\n{meant}:", f"\n{wrong}:") + 1

    told = problems(folder)

    assert f"content/answers/sleep.yml:{at}: {wrong}: is not a key known here; did you mean {meant}?" in told


@pytest.mark.parametrize(
    ("wrong", "meant", "file"),
    [
        ("publsher", "publisher", "answers/sleep.yml"),
        ("sate", "state", "answers/sleep.yml"),
        ("gendr", "gender", "facts/therapists.yml"),
        ("titel", "title", "safety_check.yml"),
        ("form", "from", "facts/contact.yml"),
    ],
)
def test_a_misspelt_key_further_in_is_told_with_what_was_meant(folder: Path, wrong: str, meant: str, file: str) -> None:
    at = edit(folder / file, f" {meant}:", f" {wrong}:")

    told = problems(folder)

    assert any(
        sentence.startswith(f"content/{file}:{at}: ") and sentence.endswith(f"did you mean {meant}?")
        for sentence in told
    )


def test_a_key_like_no_other_is_told_without_a_guess(folder: Path) -> None:
    edit(folder / "answers" / "sleep.yml", "topic: self-care", "topic: self-care\nzzz: 1")

    assert (
        the_problem(folder)
        == "content/answers/sleep.yml:3: zzz: is not a key known here: remove it or correct its name"
    )


def test_a_key_that_is_a_number_is_told(folder: Path) -> None:
    edit(folder / "answers" / "sleep.yml", "topic: self-care", "topic: self-care\n60: minutes")

    assert (
        the_problem(folder) == "content/answers/sleep.yml:3: 60: is not a key known here: remove it or correct its name"
    )


def test_a_clinical_claim_without_a_source_is_told(folder: Path) -> None:
    edit(folder / "answers" / "prices.yml", "evidence: clinic fact", "evidence: weak")

    assert the_problem(folder).startswith("content/answers/prices.yml:1: this file: sources: at least one is needed")


@pytest.mark.parametrize(
    ("text", "at", "remedy"),
    [
        ("", 1, "the file is empty or a list"),
        ("# nothing yet\n", 1, "the file is empty or a list"),
        ("- a list\n- of things\n", 1, "the file is empty or a list"),
        ("just a sentence\n", 1, "the file is empty or a list"),
        ("question: Hello\ntopic: [clinic\n", 3, "this is not YAML"),
        ("question: Hello: you\n", 1, "put a text with ': ' in it in quotes"),
        ("question: Hello\n   topic: clinic\n", 2, "check the spaces at the start of the line"),
        ("question: Hello\ntopic: clinic\nquestion: Again\n", 3, "found duplicate key"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_with_its_line(folder: Path, text: str, at: int, remedy: str) -> None:
    (folder / "answers" / "prices.yml").write_text(text, encoding="utf-8")

    told = the_problem(folder)

    assert told.startswith(f"content/answers/prices.yml:{at}: ")
    assert remedy in told


@pytest.mark.parametrize("content", [b"question: caf\xe9\n", b"\xff\xfeq\x00"])
def test_a_file_that_is_not_in_utf_8_is_told(folder: Path, content: bytes) -> None:
    (folder / "answers" / "prices.yml").write_bytes(content)

    told = the_problem(folder)

    assert told.startswith("content/answers/prices.yml: not a text in UTF-8")
    assert told.endswith("save it as UTF-8")


def test_a_file_with_a_character_that_yaml_forbids_is_told(folder: Path) -> None:
    (folder / "answers" / "prices.yml").write_text("question: a\x00b\n")

    assert the_problem(folder).startswith("content/answers/prices.yml: this is not YAML")


@pytest.mark.parametrize("number", ["811", "8.5", "2026-11-22", "true", "[a, list]"])
def test_what_is_no_text_is_not_taken_for_one(folder: Path, number: str) -> None:
    edit(folder / "answers" / "sleep.yml", "How should I sleep?", number)

    assert the_problem(folder) == "content/answers/sleep.yml:1: question: must be a text: put it in quotes"


def test_a_text_left_empty_is_told(folder: Path) -> None:
    edit(folder / "answers" / "sleep.yml", " How should I sleep?", "")

    assert the_problem(folder) == "content/answers/sleep.yml:1: question: is empty: fill it in or remove the line"


def test_a_text_that_is_too_long_is_told(folder: Path) -> None:
    edit(folder / "answers" / "sleep.yml", "How should I sleep?", "x" * 61)

    assert the_problem(folder) == "content/answers/sleep.yml:1: question: is too long: at most 60 characters"


def test_a_review_without_a_real_day_is_told(folder: Path) -> None:
    edit(folder / "answers" / "sleep.yml", "on: 2026-11-22", "on: yesterday")

    assert the_problem(folder) == "content/answers/sleep.yml:17: review > on: must be a day such as 2026-11-22"


def test_a_file_name_that_cannot_be_an_id_is_told(folder: Path) -> None:
    (folder / "answers" / "prices.yml").rename(folder / "answers" / "Our-Prices.yml")

    told = problems(folder)

    assert "content/answers/Our-Prices.yml:1: id: must be made of small letters, digits and underscores" in told


def test_an_id_written_into_the_file_is_told(folder: Path) -> None:
    edit(folder / "answers" / "sleep.yml", "topic: self-care", "topic: self-care\nid: sleep")

    assert the_problem(folder) == "content/answers/sleep.yml:3: id comes from the file's name: remove that line"


@pytest.mark.parametrize(
    "name",
    [
        *("facts/treatments.yml", "facts/therapists.yml", "facts/schedule.yml"),
        *("lexicon.yml", "red_flags.yml", "safety_check.yml", "letters.yml"),
    ],
)
def test_a_file_that_the_program_needs_must_be_there(folder: Path, name: str) -> None:
    (folder / name).unlink()

    assert the_problem(folder) == f"content/{name}: the file is missing, and the program needs it"


def test_an_answer_that_the_program_needs_must_be_there(folder: Path) -> None:
    (folder / "answers" / "emergency.yml").unlink()

    assert the_problem(folder) == "content/answers/emergency.yml: this answer is missing, and the program needs it"


def test_a_fact_in_two_files_is_told(folder: Path) -> None:
    contact = folder / "facts" / "contact.yml"
    (folder / "facts" / "more.yml").write_text(contact.read_text())

    assert the_problem(folder) == "content/facts/more.yml:3: phone is written in two files: keep it in one"


def test_a_file_of_facts_says_whether_they_are_made_up(folder: Path) -> None:
    edit(folder / "facts" / "contact.yml", "demo: true\n", "")

    assert the_problem(folder) == "content/facts/contact.yml:1: demo: is missing: add it"


def test_a_fact_that_names_an_unknown_one_is_told_where_it_is_used(folder: Path) -> None:
    edit(folder / "facts" / "contact.yml", "780-555-0142", "call {fone}")

    told = problems(folder)

    assert "content/answers/sleep.yml:5: {phone}: there is no fact named fone; name a fact of content/facts" in told


def test_faults_in_the_schedule_are_told_where_they_are(folder: Path) -> None:
    file = folder / "facts" / "schedule.yml"
    at_day = edit(file, "[monday, tuesday]", "[monday, funday]")
    at_from = edit(file, 'from: "9:30"', "from: half past nine")
    at_away = edit(file, "until: 2026-12-31", "until: 2026-12-01") - 1
    at_minutes = edit(file, "minutes: [60]", "minutes: [0]")
    at_step = edit(file, "step_minutes: 15", "step_minuts: 15")
    at_rules = line(file, "rules:")

    told = problems(folder)

    shown = "content/facts/schedule.yml"
    assert sorted(told) == sorted(
        [
            f"{shown}:{at_day}: open > 0 > days > 1: must be one of 'monday', 'tuesday', 'wednesday', 'thursday', "
            "'friday', 'saturday', 'sunday'",
            f'{shown}:{at_from}: shifts > 0 > hours > 0 > from: must be a time such as "09:00", in quotes',
            f"{shown}:{at_away}: shifts > 0 > away > 0: until 2026-12-01 is before it begins: correct one of them",
            f"{shown}:{at_minutes}: services > 0 > minutes > 0: ensure this value is greater than 0",
            f"{shown}:{at_step}: rules > step_minuts: is not a key known here; did you mean step_minutes?",
            f"{shown}:{at_rules}: rules > step_minutes: is missing: add it",
        ]
    )


def test_what_of_the_schedule_does_not_fit_the_other_files_is_told_in_its_line(folder: Path) -> None:
    file = folder / "facts" / "schedule.yml"
    at_minutes = edit(file, "minutes: [60]", "minutes: [60, 75]")
    at_therapist = edit(file, "therapist: mei", "therapist: may")
    at_gives = edit(file, "gives: [swedish_massage]", "gives: [swedish_massage, cupping]")

    told = problems(folder)

    assert told == [
        "content/facts/schedule.yml:12: 75 minutes have no price: there is no fact named price_75_minutes; "
        "add it to content/facts/prices.yml",
        "content/facts/schedule.yml:16: may is not in content/facts/therapists.yml: correct or remove it",
        "content/facts/schedule.yml:17: services has no cupping: correct or remove it",
        "content/facts/therapists.yml:3: mei cannot be booked: add a shift in content/facts/schedule.yml",
    ]
    assert (at_minutes, at_therapist, at_gives) == (12, 16, 17)


@pytest.mark.parametrize("moment", ["13:00", "13:00:00"])
def test_hours_away_are_read_as_they_are_written(folder: Path, moment: str) -> None:
    edit(folder / "facts" / "schedule.yml", "from: 2026-12-24", f"from: 2026-12-24 {moment}")

    (away,) = ContentReader(folder).read(DAY).schedule.shift("mei").away

    assert (away.begins, away.ends) == (datetime(2026, 12, 24, 13), datetime(2027, 1, 1))


def test_a_fact_that_follows_from_the_schedule_is_written_nowhere_else(folder: Path) -> None:
    contact = folder / "facts" / "contact.yml"
    twice = contact.read_text().replace("phone:", "opening_hours:")
    (folder / "facts" / "hours.yml").write_text(twice)

    assert the_problem(folder) == (
        "content/facts/hours.yml:3: opening_hours follows from content/facts/schedule.yml: "
        "change it there, and remove it here"
    )


def test_an_edit_of_the_schedule_changes_what_visitors_read(folder: Path) -> None:
    edit(folder / "facts" / "schedule.yml", 'until: "17:00"', 'until: "18:30"')

    content = ContentReader(folder).read(DAY)

    assert content.facts.on("opening_hours", DAY) == "Monday and Tuesday 9:00 to 18:30, closed Wednesday to Sunday"


def test_a_new_picture_that_no_stretch_uses_is_told(folder: Path) -> None:
    (folder / "stretches" / "pictures" / "old.svg").write_text("<svg/>")

    assert (
        the_problem(folder) == "content/stretches/pictures/old.svg: no stretch uses this picture: delete it or use it"
    )


def test_a_picture_that_is_gone_is_told_at_its_step(folder: Path) -> None:
    (folder / "stretches" / "pictures" / "knee_to_chest_1.svg").unlink()

    assert the_problem(folder) == (
        "content/stretches/knee_to_chest.yml:5: content/stretches/pictures has no knee_to_chest_1.svg"
    )


def test_a_red_flag_that_misses_its_own_sentence_is_told(folder: Path) -> None:
    edit(folder / "red_flags.yml", "must_trigger: [numb foot]", "must_trigger: [numb hand]")

    told = the_problem(folder)

    assert told.startswith("content/red_flags.yml:")
    assert "numb hand" in told


def test_faults_in_the_safety_check_are_told_where_they_are(folder: Path) -> None:
    check = folder / "safety_check.yml"
    at_outcome = edit(check, "outcome: not_now", "outcome: later")
    at_wordings = edit(check, "wordings: [big calf]", "wording: [big calf]")

    told = problems(folder)

    assert len(told) == 3
    assert any(one.startswith(f"content/safety_check.yml:{at_outcome}: questions > 1 > outcome:") for one in told)
    assert any(one.startswith(f"content/safety_check.yml:{at_wordings}: questions > 0 > wording:") for one in told)


def test_a_wording_of_the_safety_check_that_leads_elsewhere_is_told_in_its_line(folder: Path) -> None:
    at = edit(folder / "safety_check.yml", "wordings: [influenza]", "wordings: [influenza, a big calf]")

    told = the_problem(folder)

    assert told.startswith(f"content/safety_check.yml:{at}: 'a big calf' is taken for swollen_calf, not flu")


def test_an_overdue_review_is_a_warning_with_its_line_and_no_problem(folder: Path) -> None:
    edit(folder / "answers" / "sleep.yml", "on: 2026-11-22", "on: 2026-01-22")
    edit(folder / "answers" / "sleep.yml", "next: 2027-05-22", "next: 2026-11-21")

    warnings = ContentReader(folder).warnings(DAY)

    assert warnings == ["content/answers/sleep.yml:18: the review was due on 2026-11-21"]


# ---- While the assistant runs


@pytest.fixture
def live(folder: Path, monkeypatch: pytest.MonkeyPatch) -> LiveContent:
    """The small folder, looked at again with every use."""
    monkeypatch.setattr(content_files, "CHECK_AGAIN_SECONDS", 0.0)
    return LiveContent(folder, today=lambda: DAY)


def test_an_edit_is_taken_over(folder: Path, live: LiveContent) -> None:
    live.current()

    edit(folder / "answers" / "sleep.yml", "How should I sleep?", "How do I sleep best?")

    assert live.current().answer("sleep").question == "How do I sleep best?"
    assert live.problems == ()


def test_a_new_answer_is_taken_over(folder: Path, live: LiveContent) -> None:
    live.current()

    (folder / "answers" / "tipping.yml").write_text((folder / "answers" / "prices.yml").read_text())

    assert "tipping" in live.current().asked()


def test_a_faulty_edit_keeps_the_old_text_and_tells_why(
    folder: Path, live: LiveContent, caplog: pytest.LogCaptureFixture
) -> None:
    live.current()

    edit(folder / "answers" / "sleep.yml", "question: How should I sleep?", "question: 7")
    with caplog.at_level(logging.ERROR):
        kept = live.current()

    told = "content/answers/sleep.yml:1: question: must be a text: put it in quotes"
    assert kept.answer("sleep").question == "How should I sleep?"
    assert live.problems == (told,)
    assert [told in record.message for record in caplog.records] == [True]


def test_a_faulty_edit_is_told_in_the_log_once(
    folder: Path, live: LiveContent, caplog: pytest.LogCaptureFixture
) -> None:
    live.current()
    edit(folder / "answers" / "sleep.yml", "question: How should I sleep?", "question: 7")

    for _ in range(3):
        live.current()

    assert len(caplog.records) == 1


def test_repairing_an_edit_takes_it_over_and_clears_the_problem(folder: Path, live: LiveContent) -> None:
    live.current()
    edit(folder / "answers" / "sleep.yml", "question: How should I sleep?", "question: 7")
    live.current()

    edit(folder / "answers" / "sleep.yml", "question: 7", "question: How to sleep?")

    assert live.current().answer("sleep").question == "How to sleep?"
    assert live.problems == ()


def test_content_that_was_never_right_is_refused_until_it_is(folder: Path, live: LiveContent) -> None:
    edit(folder / "answers" / "sleep.yml", "question: How should I sleep?", "question: 7")
    for _ in range(2):
        with pytest.raises(ContentError, match="must be a text"):
            live.current()

    edit(folder / "answers" / "sleep.yml", "question: 7", "question: How to sleep?")

    assert live.current().answer("sleep").question == "How to sleep?"


def test_unchanged_content_is_not_read_again(live: LiveContent) -> None:
    first = live.current()

    assert live.current() is first


def test_an_edit_is_not_looked_for_with_every_use(folder: Path) -> None:
    live = LiveContent(folder, today=lambda: DAY)
    live.current()

    edit(folder / "answers" / "sleep.yml", "How should I sleep?", "How do I sleep best?")

    assert live.current().answer("sleep").question == "How should I sleep?"


def test_a_new_day_is_enough_to_look_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content_files, "CHECK_AGAIN_SECONDS", 0.0)
    edit(folder / "answers" / "sleep.yml", "on: 2026-11-22", "on: 2026-11-23")
    day = [date(2026, 11, 22)]
    live = LiveContent(folder, today=lambda: day[0])
    with pytest.raises(ContentError, match="is in the future"):
        live.current()

    day[0] = date(2026, 11, 23)

    assert live.current().answer("sleep").review.on == date(2026, 11, 23)


@pytest.mark.parametrize(
    "break_in",
    [
        lambda folder: (folder / "answers" / "prices.yml").unlink(),
        lambda folder: os.symlink("nowhere", folder / "answers" / ".#prices.yml"),
        lambda folder: (folder / "answers" / "prices.yml").write_bytes(b"\xff"),
    ],
    ids=["a file is gone", "an editor's lock", "half a file"],
)
def test_whatever_happens_to_the_files_the_old_text_stays_or_the_new_one_is_whole(
    folder: Path, live: LiveContent, break_in: Callable[[Path], None]
) -> None:
    live.current()

    break_in(folder)

    assert live.current().answer("sleep").question == "How should I sleep?"
