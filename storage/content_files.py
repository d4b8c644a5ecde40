"""Reads content/ into what the clinic says: all of it, or all that is wrong with it."""

import difflib
import logging
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError, parse_obj_as

from clinic.answers import Answer
from clinic.content import Content, Problem
from clinic.errors import ContentError
from clinic.facts import Fact, Facts
from clinic.letters import Letters
from clinic.lexicon import Lexicon
from clinic.offers import Therapist, Treatment
from clinic.record import Id, Record
from clinic.red_flags import RedFlags
from clinic.safety_check import SafetyCheck
from clinic.schedule import FACTS_SAID_HERE, Schedule
from clinic.stretches import Stretch
from storage import clock
from storage.settings import settings
from storage.yaml_file import line_of, read_yaml, read_yaml_with_lines

logger = logging.getLogger(__name__)

CHECK_AGAIN_SECONDS = 1.0  # An edit is noticed with the first use after this long.

R = TypeVar("R", bound=BaseModel)


class FactsFile(Record):
    demo: bool
    facts: dict[Id, Fact]


class TreatmentsFile(Record):
    demo: bool
    treatments: list[Treatment]


class TherapistsFile(Record):
    demo: bool
    therapists: list[Therapist]


class LiveContent:
    """The content as it is on disk now; while an edit has mistakes, as it was before."""

    def __init__(self, folder: Path, *, today: Callable[[], date] = clock.today) -> None:
        self._reader = ContentReader(folder)
        self._today = today
        self._lock = Lock()
        self._content: Content | None = None
        self._seen: object = None
        self._checked_at = -CHECK_AGAIN_SECONDS
        self.problems: tuple[str, ...] = ()  # What keeps the newest edit from being used.

    def current(self) -> Content:
        """The newest content without mistakes. Raises ContentError if there never was one."""
        with self._lock:
            if self._content is None or monotonic() - self._checked_at >= CHECK_AGAIN_SECONDS:
                self._checked_at = monotonic()
                self._read_if_changed()
            if self._content is None:
                raise ContentError(self.problems)
            return self._content

    def _read_if_changed(self) -> None:
        state = (self._reader.state(), self._today())
        if state == self._seen:
            return
        self._seen = state
        try:
            content = self._reader.read(self._today())
        except ContentError as error:
            self.problems = error.problems
            if self._content is not None:
                for problem in error.problems:
                    logger.error("edit not taken over, the old text stays: %s", problem)
            return
        if self._content is not None:
            logger.info("content taken over")
        self._content, self.problems = content, ()


@cache
def live_content() -> LiveContent:
    """The content of this process, shared by all its parts."""
    return LiveContent(settings().content)


class ContentReader:
    """Reads one content folder; a file that did not change is not parsed twice."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._parsed: dict[Path, tuple[tuple[int, int], Any]] = {}

    def state(self) -> tuple[tuple[str, int, int], ...]:
        """Changes whenever any file of the folder does."""
        return tuple((str(path), *_stamp(path)) for path in sorted(self._folder.rglob("*")) if path.is_file())

    def read(self, today: date) -> Content:
        """The content. Raises ContentError with every problem, each with file, line and remedy."""
        reading = _Reading(self)
        content = reading.content()
        if reading.problems:
            raise ContentError(sorted(set(reading.problems)))
        assert content is not None
        problems = [reading.sentence(problem) for problem in content.problems(today, self._pictures())]
        if problems:
            raise ContentError(sorted(set(problems)))
        return content

    def warnings(self, today: date) -> list[str]:
        """What someone should look at, of content that has no problems. Raises ContentError."""
        reading = _Reading(self)
        return [reading.sentence(problem) for problem in self.read(today).warnings(today)]

    def yaml(self, path: Path) -> Any:
        stamp = _stamp(path)
        if path not in self._parsed or self._parsed[path][0] != stamp:
            self._parsed[path] = (stamp, read_yaml(path, self.shown(path)))
        return self._parsed[path][1]

    def line(self, path: Path, keys: tuple[object, ...]) -> int:
        return line_of(read_yaml_with_lines(path, self.shown(path)), keys)

    def files(self, folder: str) -> list[Path]:
        return sorted((self._folder / folder).glob("*.yml"))

    def path(self, kind: str, name: str) -> Path:
        """The file of a record: `("answers", "sleep")`, `("red_flags", "")`."""
        if kind == "stretches/pictures":
            return self._folder / kind / name
        return self._folder / kind / f"{name}.yml" if name else self._folder / f"{kind}.yml"

    def shown(self, path: Path) -> str:
        """The file as staff know it: content/answers/sleep.yml."""
        return f"{self._folder.name}/{path.relative_to(self._folder)}"

    def _pictures(self) -> set[str]:
        return {path.name for path in (self._folder / "stretches" / "pictures").glob("*.svg")}


class _Reading:
    """One pass over the folder, which collects problems instead of stopping at the first."""

    def __init__(self, reader: ContentReader) -> None:
        self.reader = reader
        self.problems: list[str] = []

    def content(self) -> Content | None:
        """None when any file has a problem of its own."""
        answers = self.records("answers", Answer)
        stretches = self.records("stretches", Stretch)
        facts = self.facts()
        treatments = self.record(self.reader.path("facts", "treatments"), TreatmentsFile)
        therapists = self.record(self.reader.path("facts", "therapists"), TherapistsFile)
        schedule = self.record(self.reader.path("facts", "schedule"), Schedule)
        lexicon = self.record(self.reader.path("lexicon", ""), Lexicon)
        red_flags = self.record(self.reader.path("red_flags", ""), RedFlags)
        safety_check = self.record(self.reader.path("safety_check", ""), SafetyCheck)
        letters = self.record(self.reader.path("letters", ""), Letters)
        if self.problems:
            return None
        assert letters is not None
        assert treatments is not None and therapists is not None and schedule is not None
        assert lexicon is not None and red_flags is not None and safety_check is not None
        return Content(
            answers=answers,
            stretches=stretches,
            facts=facts,
            treatments=treatments.treatments,
            therapists=therapists.therapists,
            schedule=schedule,
            lexicon=lexicon,
            red_flags=red_flags,
            safety_check=safety_check,
            letters=letters,
        )

    def records(self, folder: str, kind: type[R]) -> dict[str, R]:
        """One record per file; the file's name is its id."""
        found = ((path.stem, self.record(path, kind, id=path.stem)) for path in self.reader.files(folder))
        return {name: record for name, record in found if record is not None}

    def facts(self) -> Facts:
        facts: dict[Id, Fact] = {}
        for path in self.reader.files("facts"):
            if path.stem in ("treatments", "therapists", "schedule"):
                continue
            file = self.record(path, FactsFile)
            for name, fact in (file.facts if file else {}).items():
                if name in FACTS_SAID_HERE:
                    remedy = f"{name} follows from content/facts/schedule.yml: change it there, and remove it here"
                    self.problem(path, ("facts", name), remedy)
                if name in facts:
                    self.problem(path, ("facts", name), f"{name} is written in two files: keep it in one")
                facts[name] = fact
        return Facts(facts)

    def record(self, path: Path, kind: type[R], **given: str) -> R | None:
        try:
            node = self.reader.yaml(path)
        except FileNotFoundError:
            self.problems.append(f"{self.reader.shown(path)}: the file is missing, and the program needs it")
            return None
        except ContentError as error:
            self.problems.extend(error.problems)
            return None
        if not isinstance(node, dict):
            self.problem(path, (), "the file is empty or a list: it must hold lines such as `question: ...`")
            return None
        if set(given) & set(node):
            self.problem(path, tuple(given), f"{' and '.join(given)} comes from the file's name: remove that line")
            return None
        if numbers := [key for key in node if not isinstance(key, str)]:
            self.problem(path, (numbers[0],), f"{numbers[0]}: is not a key known here: remove it or correct its name")
            return None
        try:
            return parse_obj_as(kind, {**node, **given})
        except ValidationError as error:
            for sentence, keys in _explained(error, kind, node):
                self.problem(path, keys, sentence)
            return None

    def problem(self, path: Path, keys: tuple[object, ...], remedy: str) -> None:
        self.problems.append(f"{self.reader.shown(path)}:{self.reader.line(path, keys)}: {remedy}")

    def sentence(self, problem: Problem) -> str:
        path = self.reader.path(*problem.record)
        if path.suffix != ".yml" or not path.exists():
            return f"{self.reader.shown(path)}: {problem.remedy}"
        return f"{self.reader.shown(path)}:{self.reader.line(path, problem.keys)}: {problem.remedy}"


def _stamp(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_mtime_ns, status.st_size


def _explained(error: ValidationError, kind: type[R], node: Any) -> Iterator[tuple[str, tuple[object, ...]]]:
    """Pydantic's errors in plain words, each with the keys under which it is."""
    for one in error.errors():
        keys = tuple(key for key in one["loc"] if key != "__root__")
        name = " > ".join(str(key) for key in keys) or "this file"
        yield f"{name}: {_plain(dict(one), keys, node, kind)}", keys


def _plain(error: dict[str, Any], keys: tuple[object, ...], node: Any, record: type[BaseModel]) -> str:
    kind, context = error["type"], error.get("ctx", {})
    if kind == "value_error.missing":
        return "is missing: add it"
    if kind == "value_error.extra":
        return f"is not a key known here{_did_you_mean(str(keys[-1]), keys, node, record)}"
    if kind == "type_error.enum":
        choices = ", ".join(f"'{choice.value}'" for choice in context["enum_values"])
        return f"must be one of {choices}"
    if kind == "type_error.str":
        return "must be a text: put it in quotes"
    if kind == "value_error.any_str.max_length":
        return f"is too long: at most {context['limit_value']} characters"
    if kind in ("value_error.any_str.min_length", "type_error.none.not_allowed"):
        return "is empty: fill it in or remove the line"
    if kind == "value_error.str.regex":
        return "must be made of small letters, digits and underscores"
    if kind == "value_error.date":
        return "must be a day such as 2026-11-22"
    return str(error["msg"])


def _did_you_mean(key: str, keys: tuple[object, ...], node: Any, kind: type[BaseModel]) -> str:
    for parent in keys[:-1]:
        node = node[parent]
    close = difflib.get_close_matches(key, sorted(_keys_of(kind) - set(node)), n=1)
    return f"; did you mean {close[0]}?" if close else ": remove it or correct its name"


def _keys_of(kind: type[BaseModel]) -> set[str]:
    """The keys a record may hold, and those of the records inside it."""
    inner = (field.type_ for field in kind.__fields__.values())
    nested = (_keys_of(one) for one in inner if isinstance(one, type) and issubclass(one, BaseModel))
    return {field.alias for field in kind.__fields__.values()}.union(*nested)
