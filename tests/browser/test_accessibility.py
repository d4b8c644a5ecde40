"""Every scene, on a phone and at a desk, light and dark: no known barrier, and nothing runs off a narrow screen."""

from collections.abc import Callable

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.browser.scenes import DESKTOP, PHONE, SCENES
from tests.running import Server

pytestmark = pytest.mark.slow

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

# Lets the rules see into the launcher, which a page around it cannot.
OPEN_SHADOW = """
const attach = Element.prototype.attachShadow;
Element.prototype.attachShadow = function (options) { return attach.call(this, { ...options, mode: "open" }); };
"""
LOOK = """async (rules) => {
  const { violations } = await axe.run({ runOnly: { type: "tag", values: rules }, resultTypes: ["violations"] });
  const described = (id) => ({ target, failureSummary }) => `${id} at ${target}: ${failureSummary}`;
  return violations.flatMap(({ id, nodes }) => nodes.map(described(id)));
}"""
OVERFLOW = """() => [...document.querySelectorAll("html, body, body *")]
  .filter((node) => node === document.documentElement || /auto|scroll/.test(getComputedStyle(node).overflowX))
  .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
  .map(({ localName, id, scrollWidth, clientWidth }) => `${localName}#${id}: ${scrollWidth} px in ${clientWidth}`)"""


def barriers(page: Page, scheme: str) -> list[str]:
    """Every rule that something on the page breaks, with what and why."""
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.evaluate(AXE_SCRIPT)
    found: list[str] = page.evaluate(LOOK, RULES)
    return found


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("scene", SCENES)
def test_a_scene_has_no_barrier_in_light_and_in_dark(
    server: Server, visit: Callable[..., Page], scene: str, size: dict[str, int]
) -> None:
    page = visit(server, viewport=size)
    page.add_init_script(OPEN_SHADOW)

    SCENES[scene](page)

    assert barriers(page, "light") == []
    assert barriers(page, "dark") == []


def test_a_barrier_is_found(server: Server, visit: Callable[..., Page]) -> None:
    page = visit(server)
    SCENES["greeting"](page)

    page.evaluate(
        "document.querySelector('#message').labels[0].remove(); document.querySelector('#message').placeholder = ''"
    )

    assert any("label at #message" in barrier for barrier in barriers(page, "light"))


@pytest.mark.parametrize("scene", SCENES)
def test_a_scene_has_no_sideways_scroll_at_320_pixels(server: Server, visit: Callable[..., Page], scene: str) -> None:
    page = visit(server, viewport={"width": 320, "height": 640})

    SCENES[scene](page)

    assert page.evaluate(OVERFLOW) == []
