"""Lets many processes book the same few times at once, and looks for what must never be: scripts/race-bookings.

Each remembers what it was told, and what the database holds afterwards is compared with that.
"""

import argparse
import json
import multiprocessing
import os
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from itertools import pairwise
from multiprocessing.connection import Connection as Pipe
from multiprocessing.synchronize import Barrier
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.engine import Engine, make_url

from benchmarks.arguments import positive
from benchmarks.measurements import percentile
from clinic.appointments import Appointment, Contact, Status
from clinic.availability import Slot
from clinic.errors import SlotTaken
from storage import clock
from storage.appointments import Appointments
from storage.database import make_engine, open_database
from storage.settings import ROOT
from storage.tables import APPOINTMENTS, CLAIMS, OUTBOX
from tests.postgres import running_postgres

RESULTS = ROOT / "results"
THERAPISTS = ("dana", "mei", "sam", "tomas")
ROOMS = ("room_1", "room_2", "room_3")
DAYS = 3
FIRST_HOUR, STARTS_A_DAY, STEP = 16, 32, timedelta(minutes=15)  # in UTC
MINUTES = (30, 60, 90)
BUFFER = timedelta(minutes=15)
HOLD = timedelta(seconds=2)  # Short, so that many expire during the race.
# What becomes of a hold; the others are confirmed, and asked to be once more.
RELEASED, LEFT = 0.05, 0.1
MOVED = 0.3  # of the confirmed appointments
MOST_KEPT = 1  # by a process: it cancels the one before


class Told(NamedTuple):
    """The last that was said of an appointment."""

    id: str
    status: str
    resources: tuple[str, str]
    start: float
    sequence: int


class Report(NamedTuple):
    """Of one process."""

    told: list[Told]
    outcomes: dict[str, int]
    errors: list[str]
    seconds: dict[str, list[float]]  # that each call took


def main() -> None:
    parser = argparse.ArgumentParser(prog="scripts/race-bookings", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--postgres", action="store_true", help="on a PostgreSQL started for it, instead of SQLite")
    parser.add_argument("--processes", type=positive, default=32)
    parser.add_argument("--attempts", type=positive, default=10_000, help="of all processes together")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    run: dict[str, Any] = {"began": f"{clock.now():%Y-%m-%dT%H%M}Z", **vars(given), "load": os.getloadavg()[0]}
    with database(on_postgres=given.postgres) as address:
        open_database(address).dispose()
        began = perf_counter()
        reports = race(address, given.processes, given.attempts, given.seed)
        run["seconds"] = perf_counter() - began
        engine = make_engine(make_url(address))
        run["wrong"] = wrong(engine, reports)
        engine.dispose()
    run["outcomes"] = dict(sum((Counter(report.outcomes) for report in reports), Counter()))
    run["milliseconds"] = latencies(reports)
    show(run)
    RESULTS.mkdir(exist_ok=True)
    file = RESULTS / f"booking-race-{run['began']}.json"
    file.write_text(json.dumps(run, indent=2) + "\n")
    print(f"Saved as {file.relative_to(ROOT)}.")
    sys.exit(1 if any(run["wrong"].values()) else 0)


@contextmanager
def database(*, on_postgres: bool) -> Iterator[str]:
    """The address of an empty one."""
    if on_postgres:
        with running_postgres(durable=True) as server, server.database() as address:
            yield address
    else:
        with TemporaryDirectory() as folder:
            yield f"sqlite:///{Path(folder) / 'clinic.db'}"


# ---- The race


def race(address: str, processes: int, attempts: int, seed: int) -> list[Report]:
    """What each process was told, of its share of the attempts."""
    context = multiprocessing.get_context("fork")
    together = context.Barrier(processes)
    shares = [attempts // processes + (number < attempts % processes) for number in range(processes)]
    racers = []
    for number, share in enumerate(shares):
        ours, theirs = context.Pipe(duplex=False)
        chance = random.Random(f"{seed} {number}")
        racer = context.Process(target=run_along, args=(address, number, share, chance, together, theirs))
        racer.start()
        theirs.close()
        racers.append((racer, ours))
    reports = [ours.recv() for _, ours in racers]
    for racer, _ in racers:
        racer.join()
    return reports


def run_along(address: str, number: int, share: int, chance: random.Random, together: Barrier, report_to: Pipe) -> None:
    engine = make_engine(make_url(address))
    racer = Racer(Appointments(engine), chance)
    together.wait()
    for attempt in range(share):
        racer.attempt(f"{number}-{attempt}")
    engine.dispose()
    report_to.send(Report(list(racer.told.values()), dict(racer.outcomes), racer.errors, dict(racer.seconds)))


class Racer:
    """One process, which asks without looking at what is free."""

    def __init__(self, kept: Appointments, chance: random.Random) -> None:
        self._kept = kept
        self._chance = chance
        self._tomorrow = clock.now().replace(hour=FIRST_HOUR, minute=0, second=0, microsecond=0) + timedelta(days=1)
        self._mine: list[str] = []
        self.told: dict[str, Told] = {}
        self.outcomes: Counter[str] = Counter()
        self.errors: list[str] = []
        self.seconds: defaultdict[str, list[float]] = defaultdict(list)

    def attempt(self, name: str) -> None:
        """From a hold to whatever becomes of it."""
        try:
            outcome = self._book(name)
        except SlotTaken:
            outcome = "taken"
        except Exception as error:  # Whatever it is, it counts against us.
            outcome = "error"
            self.errors.append(f"{type(error).__name__}: {str(error).splitlines()[0]}")
        self.outcomes[outcome] += 1

    def _book(self, name: str) -> str:
        slot = self._slot(self._chance.choice(MINUTES))
        self._timed(
            "hold",
            lambda: self._kept.hold(
                slot,
                attempt=name,
                conversation=name,
                blocked_until=slot.end + BUFFER,
                expires_at=clock.now() + HOLD,
                most_open_holds=1,
            ),
        )
        fate = self._chance.random()
        if fate < RELEASED:
            self._timed("release", lambda: self._kept.release(name))
            return "released"
        if fate < RELEASED + LEFT:
            return "left to expire"
        contact = Contact(name=f"Made Up {name}", email=f"{name}@example.com")
        for _ in range(2):
            appointment = self._timed(
                "confirm", lambda: self._kept.confirm(name, contact, price="$110", reminder_at=slot.start)
            )
            self._remember(appointment)
        return self._change(appointment)

    def _change(self, appointment: Appointment) -> str:
        self._mine.append(appointment.id)
        if len(self._mine) > MOST_KEPT:
            before = self._mine.pop(0)
            self._remember(self._timed("cancel", lambda: self._kept.cancel(before)))
        if self._chance.random() > MOVED:
            return "confirmed"
        slot = self._slot(appointment.minutes)
        move = partial(self._kept.move, appointment.id, slot, blocked_until=slot.end + BUFFER, reminder_at=slot.start)
        try:
            moved = self._timed("move", move)
        except SlotTaken:
            return "confirmed, not moved"
        self._remember(moved)
        return "confirmed and moved"

    def _slot(self, minutes: int) -> Slot:
        day, step = self._chance.randrange(DAYS), self._chance.randrange(STARTS_A_DAY)
        start = self._tomorrow + timedelta(days=day) + step * STEP
        return Slot("swedish_massage", minutes, self._chance.choice(THERAPISTS), self._chance.choice(ROOMS), start)

    def _remember(self, one: Appointment) -> None:
        self.told[one.id] = Told(one.id, one.status.value, resources(one), one.start.timestamp(), one.sequence)

    def _timed(self, call: str, run: Callable[[], Any]) -> Any:
        began = perf_counter()
        try:
            return run()
        finally:
            self.seconds[call].append(perf_counter() - began)


# ---- What must never be


def wrong(engine: Engine, reports: Sequence[Report]) -> dict[str, list[str]]:
    """Empty lists, if all is well."""
    with engine.begin() as connection:
        appointments = {row.id: row for row in connection.execute(select(APPOINTMENTS))}
        claims = connection.execute(select(CLAIMS)).all()
        letters = connection.execute(select(OUTBOX.c.about, OUTBOX.c.message).where(OUTBOX.c.channel == "mail")).all()
    told = [one for report in reports for one in report.told]
    confirmed = {id for id, row in appointments.items() if row.status == Status.CONFIRMED}
    held = {id for id, row in appointments.items() if row.status == Status.HELD}
    wanted = Counter(
        (resource, row.starts_at, row.blocked_until, id)
        for id, row in appointments.items()
        if id in confirmed
        for resource in resources(row)
    )
    claimed = Counter((one.resource, one.blocks_from, one.blocks_until, one.appointment) for one in claims)
    of_confirmed = Counter({one: times for one, times in claimed.items() if one[3] not in held})
    confirmations = Counter(id for id, message in letters if message == "confirmed")
    return {
        "claims that overlap": overlaps(claimed.elements()),
        "confirmed appointments that overlap": overlaps(wanted.elements()),
        "claims that are missing, or of nothing": list(map(str, (wanted - of_confirmed) + (of_confirmed - wanted))),
        "told one thing, kept as another": [one.id for one in told if not is_kept(one, appointments.get(one.id))],
        "told to two processes": [id for id, times in Counter(one.id for one in told).items() if times > 1],
        "confirmed, and nobody was told": sorted(confirmed - {one.id for one in told}),
        "letters too many or too few": sorted(
            set((Counter(confirmed) - confirmations) + (confirmations - Counter(confirmed)))
        ),
        "errors": [error for report in reports for error in report.errors],
    }


def overlaps(taken: Iterable[tuple[str, int, int, str]]) -> list[str]:
    """Of the times of each resource, those that begin before the one before has ended."""
    return [
        f"{later[0]} {later[1]}"
        for earlier, later in pairwise(sorted(taken))
        if earlier[0] == later[0] and later[1] < earlier[2]
    ]


def is_kept(one: Told, row: Any) -> bool:
    return row is not None and one[1:] == (row.status, resources(row), row.starts_at, row.sequence)


def resources(one: Any) -> tuple[str, str]:
    """Of an appointment, or its row."""
    return f"room:{one.room}", f"therapist:{one.therapist}"


# ---- The figures


def latencies(reports: Sequence[Report]) -> dict[str, dict[str, float]]:
    """By call: how often it was made, and its milliseconds."""
    found = {}
    for call in ("hold", "confirm", "move", "cancel", "release"):
        taken = [1000 * seconds for report in reports for seconds in report.seconds.get(call, [])]
        if taken:
            found[call] = {"calls": len(taken), **{f"{of}": percentile(of, taken) for of in (50, 95, 99, 100)}}
    return found


def show(run: dict[str, Any]) -> None:
    print(f"{run['processes']} processes, {run['attempts']} attempts, {'PostgreSQL' if run['postgres'] else 'SQLite'}")
    print(f"{run['seconds']:.1f} s, {run['attempts'] / run['seconds']:.0f} attempts a second")
    print("  ".join(f"{outcome}: {times}" for outcome, times in sorted(run["outcomes"].items())))
    print(f"{'milliseconds':14}{'calls':>8}{'median':>9}{'95 %':>9}{'99 %':>9}{'longest':>9}")
    for call, of in run["milliseconds"].items():
        calls, *shown = of.values()
        print(f"{call:14}{calls:8}" + "".join(f"{milliseconds:9.1f}" for milliseconds in shown))
    for what, found in run["wrong"].items():
        print(f"{len(found):6} {what}" + "".join(f"\n         {one}" for one in sorted(set(found))[:5]))


if __name__ == "__main__":
    main()
