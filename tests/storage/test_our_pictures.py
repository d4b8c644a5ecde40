"""The pictures of the stretches: safe to show, the same size, and said in words."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from clinic.content import Content
from storage.settings import ROOT

PICTURES = sorted((ROOT / "content" / "stretches" / "pictures").glob("*.svg"))
SVG = "{http://www.w3.org/2000/svg}"
HARMLESS = {"svg", "title", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon"}

every_picture = pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.stem)


def drawing(picture: Path) -> ElementTree.Element:
    return ElementTree.parse(picture).getroot()


def test_there_are_pictures() -> None:
    assert len(PICTURES) >= 12


@every_picture
def test_a_picture_is_drawn_of_nothing_but_shapes(picture: Path) -> None:
    elements = {element.tag.removeprefix(SVG) for element in drawing(picture).iter()}

    assert elements <= HARMLESS


@every_picture
def test_a_picture_runs_nothing_and_fetches_nothing(picture: Path) -> None:
    attributes = [(name, value) for element in drawing(picture).iter() for name, value in element.attrib.items()]
    text = picture.read_text(encoding="utf-8")

    assert [name for name, _ in attributes if name.startswith("on") or name.endswith("href") or name == "style"] == []
    assert [value for _, value in attributes if re.search(r"url\(|https?:|data:|javascript:|//", value)] == []
    assert not re.search(r"<!DOCTYPE|<!ENTITY|<\?xml-stylesheet|<script", text, re.I)


@every_picture
def test_a_picture_is_as_large_as_all_others(picture: Path) -> None:
    assert drawing(picture).tag == f"{SVG}svg"
    assert drawing(picture).get("viewBox") == "0 0 320 200"


@every_picture
def test_the_words_in_the_picture_are_those_of_its_step(our_content: Content, picture: Path) -> None:
    steps = [step for stretch in our_content.stretches.values() for step in stretch.steps]
    in_words = {step.alt for step in steps if step.picture == picture.name}

    title = drawing(picture).findtext(f"{SVG}title")

    assert in_words == {title}
