"""The race for appointments: a small one ends well, and what must never be would be seen."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import delete, update
from sqlalchemy.engine import Connection, Engine

from benchmarks.booking_race import Report, overlaps, race, wrong
from clinic.appointments import Status
from storage.database import open_database
from storage.tables import APPOINTMENTS, CLAIMS, OUTBOX

ATTEMPTS = 60


@pytest.fixture(scope="module")
def raced(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, list[Report]]:
    address = f"sqlite:///{tmp_path_factory.mktemp('race') / 'clinic.db'}"
    open_database(address).dispose()
    return address, race(address, 3, ATTEMPTS, seed=1)


@pytest.fixture
def database(raced: tuple[str, list[Report]], tmp_path: Path) -> Iterator[Engine]:
    """A copy, which a test may harm."""
    copy = tmp_path / "clinic.db"
    copy.write_bytes(Path(raced[0].removeprefix("sqlite:///")).read_bytes())
    engine = open_database(f"sqlite:///{copy}")
    yield engine
    engine.dispose()


def test_a_small_race_ends_well(raced: tuple[str, list[Report]], database: Engine) -> None:
    outcomes = [report.outcomes for report in raced[1]]

    assert not any(wrong(database, raced[1]).values())
    assert sum(sum(of.values()) for of in outcomes) == ATTEMPTS
    assert any(of.get("taken") for of in outcomes)
    assert any(of.get("confirmed") for of in outcomes)


def lose_a_claim(connection: Connection, id: str) -> None:
    connection.execute(delete(CLAIMS).where(CLAIMS.c.appointment == id, CLAIMS.c.resource.like("room:%")))


def lose_an_appointment(connection: Connection, id: str) -> None:
    connection.execute(delete(APPOINTMENTS).where(APPOINTMENTS.c.id == id))


def lose_a_letter(connection: Connection, id: str) -> None:
    connection.execute(delete(OUTBOX).where(OUTBOX.c.about == id))


def put_it_elsewhere(connection: Connection, id: str) -> None:
    connection.execute(
        update(APPOINTMENTS).where(APPOINTMENTS.c.id == id).values(starts_at=APPOINTMENTS.c.starts_at - 60)
    )


CLAIMS_MISS, TOLD_ELSE, LETTERS = (
    "claims that are missing, or of nothing",
    "told one thing, kept as another",
    "letters too many or too few",
)


@pytest.mark.parametrize(
    ("harm", "seen"),
    [
        (lose_a_claim, {CLAIMS_MISS}),
        (lose_an_appointment, {CLAIMS_MISS, TOLD_ELSE, LETTERS}),
        (lose_a_letter, {LETTERS}),
        (put_it_elsewhere, {CLAIMS_MISS, TOLD_ELSE}),
    ],
)
def test_what_must_never_be_is_seen(
    raced: tuple[str, list[Report]], database: Engine, harm: Callable[[Connection, str], None], seen: set[str]
) -> None:
    told = [one.id for report in raced[1] for one in report.told if one.status == Status.CONFIRMED]
    with database.begin() as connection:
        harm(connection, told[0])

    found = {what for what, of in wrong(database, raced[1]).items() if of}

    assert found == seen


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        ([("room", 0, 10, "a"), ("room", 10, 20, "b")], []),
        ([("room", 0, 10, "a"), ("other", 5, 20, "b")], []),
        ([("room", 9, 20, "b"), ("room", 0, 10, "a")], ["room 9"]),
        ([("room", 0, 100, "a"), ("room", 10, 20, "b"), ("room", 30, 40, "c")], ["room 10"]),
    ],
)
def test_overlaps_are_seen(times: list[tuple[str, int, int, str]], expected: list[str]) -> None:
    assert overlaps(times) == expected
