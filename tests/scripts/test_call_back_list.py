"""The desk's list: whom to call, and when that is done."""

import sys
from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path

import pytest

from clinic.call_backs import CallBack
from scripts import call_back_list
from storage.call_backs import CallBacks
from storage.database import open_database
from storage.settings import read_settings

List = Callable[..., str]

DAWN = CallBack(name="Dawn", phone="780-555-0100", wish="", asked_at=datetime(2026, 12, 1, 18, 30, tzinfo=timezone.utc))


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CallBacks:
    settings = read_settings({"CLINIC_DATA": str(tmp_path)})
    monkeypatch.setattr(call_back_list, "settings", lambda: settings)
    return CallBacks(open_database(settings.database))


@pytest.fixture
def show(kept: CallBacks, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> List:
    """Runs `scripts/call-backs` with these words, and gives what it prints."""

    def run(*words: str) -> str:
        monkeypatch.setattr(sys, "argv", ["call_back_list", *words])
        call_back_list.main()
        return capsys.readouterr().out

    return run


def test_nobody_to_call_is_said(show: List) -> None:
    assert show() == "Nobody to call.\n"


def test_who_waits_is_shown_with_the_clinics_time(kept: CallBacks, show: List) -> None:
    kept.keep(DAWN)

    shown = show()

    assert "01 Dec 12:30  780-555-0100  Dawn\n" in shown
    assert shown.endswith("1 to call.\n")


def test_when_it_suits_and_what_it_is_about_stand_below(kept: CallBacks, show: List) -> None:
    kept.keep(DAWN.copy(update={"window": "any time", "summary": "Asked about: Prices."}))

    first, window, summary, *_ = show().splitlines()

    assert first.endswith("780-555-0100  Dawn")
    assert (window.strip(), summary.strip()) == ("any time", "Asked about: Prices.")


def test_a_name_from_right_to_left_leaves_the_line_in_order(kept: CallBacks, show: List) -> None:
    kept.keep(DAWN.copy(update={"name": "محمد", "wish": "2 sessions"}))

    assert "780-555-0100  \u2068محمد\u2069  2 sessions\n" in show()


def test_who_was_called_is_gone(kept: CallBacks, show: List) -> None:
    kept.keep(DAWN)

    said = show("1")

    assert "deleted" in said
    assert show() == "Nobody to call.\n"


@pytest.mark.parametrize("number", ["2", "-1", "all", "", "²", "9" * 30])
def test_a_number_that_is_not_on_the_list_is_refused_and_deletes_nobody(
    kept: CallBacks, show: List, number: str
) -> None:
    kept.keep(DAWN)

    with pytest.raises(SystemExit, match="There is no call-back number"):
        show(number)

    assert len(kept.open()) == 1
