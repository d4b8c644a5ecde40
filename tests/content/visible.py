"""Every text a visitor can read, with where it stands: the content, the pages, the words in the page's scripts."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

from clinic.content import Content
from storage import clock
from storage.settings import ROOT
from storage.yaml_file import read_yaml

PAGES = Path("web/widget/static")

SAID_ATTRIBUTES = {"alt", "title", "aria-label", "aria-description", "placeholder", "label"}
FLOWING = {"a", "abbr", "b", "br", "code", "em", "i", "small", "span", "strong", "sub", "sup"}  # end no sentence
SILENT = {"script", "style"}

# A comment, a text in quotes, or a step over anything else.
JAVASCRIPT = re.compile(
    r"//[^\n]*|/\*.*?\*/|(?P<text>\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)", re.S
)
GLUED = re.compile(r"([\"'`])\s*\+\s*\1")  # "one text " + "in two pieces"


class Visible(NamedTuple):
    where: str
    text: str


def content_texts(content: Content) -> Iterator[Visible]:
    """Answers, stretches and the safety check, with the facts of today filled in."""
    files = {f"answers/{record.id}": record.texts() for record in content.answers.values()}
    files |= {f"stretches/{record.id}": record.texts() for record in content.stretches.values()}
    for file, texts in {**files, "safety_check": content.safety_check.texts()}.items():
        for keys, text in texts.items():
            where = f"content/{file}.yml, {' > '.join(map(str, keys))}"
            yield Visible(where, content.facts.fill(text, clock.today()))


def fact_texts(root: Path = ROOT) -> Iterator[Visible]:
    """What is said about the clinic, now and later, and what it offers."""
    for file in sorted((root / "content" / "facts").glob("*.yml")):
        where = file.relative_to(root).as_posix()
        record = read_yaml(file, where)
        for name, fact in record.get("facts", {}).items():
            yield from (Visible(f"{where}, {name}", value["value"]) for value in fact["values"])
        for offer in (*record.get("treatments", []), *record.get("therapists", [])):
            yield Visible(f"{where}, {offer['id']}", offer["name"])


def page_texts(root: Path = ROOT) -> Iterator[Visible]:
    """What the pages, their scripts and their pictures say themselves."""
    for file in sorted((root / PAGES).rglob("*")):
        where = file.relative_to(root).as_posix()
        if file.suffix in (".html", ".svg"):
            yield Visible(where, words_of_page(file.read_text(encoding="utf-8")))
        elif file.suffix == ".js":
            yield from (Visible(where, text) for text in words_of_script(file.read_text(encoding="utf-8")))


def words_of_page(html: str) -> str:
    reader = _PageReader()
    reader.feed(html)
    reader.close()
    return "\n".join(" ".join(line.split()) for line in "".join(reader.said).split("\n") if line.strip())


def words_of_script(script: str) -> Iterator[str]:
    for found in JAVASCRIPT.finditer(GLUED.sub("", script)):
        if found["text"]:
            yield found["text"][1:-1].replace("\\n", "\n").replace("\\", "")


class _PageReader(HTMLParser):
    """Each block on a line of its own; a heading or an entry of a list ends like one."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self._inside: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT:
            self._inside = tag
        if tag not in FLOWING:
            self.said.append("\n- " if tag == "li" else "\n")
        known = dict(attrs)
        told = [value for name, value in attrs if value and name in SAID_ATTRIBUTES]
        if tag == "meta" and known.get("name") == "description":
            told.append(known.get("content") or "")
        self.said += [f"\n{value}\n" for value in told]

    def handle_endtag(self, tag: str) -> None:
        if tag == self._inside:
            self._inside = None
        if tag not in FLOWING:
            self.said.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._inside:
            self.said.append(data.replace("\n", " "))
