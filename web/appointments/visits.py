"""What a visitor may do through the link in a confirmation: look, move the appointment, cancel it."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sanic.response import HTTPResponse, html, raw, redirect

from clinic.appointments import Appointment, Status
from clinic.availability import Busy, Slot, Window, blocked_until, free_slots, slot_of
from clinic.content import Content
from clinic.deadlines import Standing, changeable_until, reminder_at, standing
from clinic.errors import SlotTaken, UnknownAppointment
from clinic.letters import Values, entry, said_when
from clinic.schedule import Schedule
from storage.appointments import Appointments
from storage.content_files import LiveContent
from storage.invitation import invitation
from web.appointments.page_writer import page_writer
from web.appointments.week import Week, by_day, week_of

ADDRESS = "/appointment/"  # then the token


class Visit(NamedTuple):
    """One request of somebody whose link is good."""

    token: str
    appointment: Appointment
    content: Content
    now: datetime

    @property
    def address(self) -> str:
        return f"{ADDRESS}{self.token}"

    @property
    def schedule(self) -> Schedule:
        return self.content.schedule

    @property
    def standing(self) -> Standing:
        return standing(self.appointment, self.schedule.rules, self.now)

    @property
    def slot(self) -> Slot:
        """The time the appointment has now."""
        own = self.appointment
        return Slot(own.treatment, own.minutes, own.therapist, own.room, own.start)


class Search(NamedTuple):
    """Which of the free times to show."""

    day: date | None = None  # Any of the week; None for the week of the appointment itself.
    anyone: bool = False  # With any therapist, not only with the present one.


class Visits:
    """Each method answers one request for the link's token, and raises UnknownAppointment when it leads nowhere."""

    def __init__(
        self, appointments: Appointments, content: LiveContent, now: Callable[[], datetime], zone: ZoneInfo
    ) -> None:
        self._appointments = appointments
        self._content = content
        self._now = now
        self._zone = zone
        self._write = page_writer(zone)

    def show(self, token: str, *, moved: bool = False) -> HTTPResponse:
        visit = self._visit(token)
        # Only of one that was moved at all: the address may say what it likes.
        return self._page("appointment.html", visit, moved=moved and visit.appointment.sequence > 0)

    def free_times(self, token: str, search: Search) -> HTTPResponse:
        visit = self._visit(token)
        return self._free_times(visit, search) if visit.standing is Standing.OPEN else _back(visit)

    def move(self, token: str, slot_id: str, search: Search) -> HTTPResponse:
        """The same once more changes nothing; a time that is gone is told, with those that are free now."""
        visit = self._visit(token)
        if slot_id == visit.slot.id:
            return _back(visit, "?moved=yes")
        if visit.standing is not Standing.OPEN:
            return _back(visit)
        if not slot_id:
            return self._free_times(visit, search, trouble="none")
        own, rules = visit.appointment, visit.schedule.rules
        slot = slot_of(slot_id, visit.schedule, self._busy(visit), now=visit.now, zone=self._zone)
        if slot is None or (slot.treatment, slot.minutes) != (own.treatment, own.minutes):
            return self._free_times(visit, search, trouble="gone")
        try:
            self._appointments.move(
                own.id,
                slot,
                blocked_until=blocked_until(slot, visit.schedule),
                reminder_at=reminder_at(slot.start, rules, visit.now),
            )
        except SlotTaken:
            return self._free_times(visit, search, trouble="gone")
        except UnknownAppointment:  # Cancelled by somebody else in this moment; its page says so.
            return _back(visit)
        return _back(visit, "?moved=yes")

    def ask_to_cancel(self, token: str) -> HTTPResponse:
        visit = self._visit(token)
        return self._page("cancel.html", visit) if visit.standing is Standing.OPEN else _back(visit)

    def cancel(self, token: str) -> HTTPResponse:
        """The same once more changes nothing."""
        visit = self._visit(token)
        if visit.standing is Standing.OPEN:
            self._appointments.cancel(visit.appointment.id)
        return _back(visit)

    def calendar(self, token: str) -> HTTPResponse:
        """A file that puts the appointment into any calendar, without saying what it is for."""
        visit = self._visit(token)
        if visit.standing in (Standing.PAST, Standing.CANCELLED):
            return _back(visit)
        own = visit.appointment
        given = {"when": said_when(own.start, self._zone), "reference": own.shown_reference}
        shown = entry(visit.content.letters.calendar, Values(visit.content.facts, self._day(visit.now), given))
        file = invitation(own, shown, method="PUBLISH", at=visit.now).ics
        headers = {"Content-Disposition": 'attachment; filename="appointment.ics"'}
        return raw(file, content_type="text/calendar; charset=utf-8", headers=headers)

    def nowhere(self) -> HTTPResponse:
        """What a link leads to that was never made, was cut off, or is too old."""
        content, today = self._content.current(), self._day(self._now())
        return html(self._write("unknown.html", content, today), status=404)

    def _visit(self, token: str) -> Visit:
        appointment = self._appointments.by_manage_token(token)
        if appointment is None or appointment.status not in (Status.CONFIRMED, Status.CANCELLED):
            raise UnknownAppointment("no appointment has this link")
        return Visit(token, appointment, self._content.current(), self._now())

    def _free_times(self, visit: Visit, search: Search, trouble: str = "") -> HTTPResponse:
        """A week of them. `trouble` says why it is shown again: "gone" or "none"."""
        own, today = visit.appointment, self._day(visit.now)
        last = today + timedelta(days=visit.schedule.rules.horizon_days)
        day = search.day or self._day(own.start)
        week = week_of(day, first=today, last=last)
        others = [one for one in visit.schedule.givers(own.treatment) if one != own.therapist]
        therapists = [own.therapist, *(others if search.anyone else [])]
        days = by_day(self._free(visit, therapists, week.window(self._zone)), self._zone)
        return self._page(
            "move.html",
            visit,
            status=409 if trouble == "gone" else 422 if trouble else 200,
            trouble=trouble,
            week=week,
            days=days,
            first_free=None if days else self._first_free(visit, therapists, week),
            anyone=search.anyone,
            others=others,
        )

    def _first_free(self, visit: Visit, therapists: list[str], week: Week) -> date | None:
        """The first day with a free time after a week that has none."""
        later = Window(week.window(self._zone).until, self._all_to_come(visit).until)
        free = self._free(visit, therapists, later)
        return self._day(free[0].start) if free else None

    def _free(self, visit: Visit, therapists: list[str], window: Window) -> list[Slot]:
        """The free times in a window, without the one that the appointment has."""
        free = free_slots(
            visit.schedule,
            self._busy(visit),
            treatment=visit.appointment.treatment,
            minutes=visit.appointment.minutes,
            therapists=therapists,
            windows=[window],
            now=visit.now,
            zone=self._zone,
        )
        return [slot for slot in free if slot.id != visit.slot.id]

    def _busy(self, visit: Visit) -> list[Busy]:
        """What is taken of the time in which anything can be booked."""
        start, until = self._all_to_come(visit)
        return self._appointments.busy(start, until, besides={visit.appointment.id})

    def _all_to_come(self, visit: Visit) -> Window:
        days = visit.schedule.rules.horizon_days + 2  # The last day is whole, and its last session may end later.
        return Window(visit.now, visit.now + timedelta(days=days))

    def _day(self, moment: datetime) -> date:
        """The clinic's."""
        return moment.astimezone(self._zone).date()

    def _page(self, name: str, visit: Visit, *, status: int = 200, **values: object) -> HTTPResponse:
        page = self._write(
            name,
            visit.content,
            self._day(visit.now),
            here=visit.address,
            appointment=visit.appointment,
            standing=visit.standing.value,
            deadline=changeable_until(visit.appointment.start, visit.schedule.rules),
            **values,
        )
        return html(page, status=status)


def _back(visit: Visit, how: str = "") -> HTTPResponse:
    """To the appointment's own page, so that a reload repeats nothing."""
    return redirect(f"{visit.address}{how}", status=303)
