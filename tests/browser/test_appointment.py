"""The pages behind the link in a confirmation, in a browser: by keyboard, without barriers, at any size."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from clinic.appointments import Status
from storage.database import open_database
from tests.browser.scenes import DESKTOP, PHONE
from tests.browser.test_accessibility import OVERFLOW, barriers
from tests.web.appointments.site import Site, local, serving, slot

pytestmark = pytest.mark.slow

LONGEST_WAY = 60  # presses of Tab


@pytest.fixture(scope="module")
def running_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    database = open_database(f"sqlite:///{tmp_path_factory.mktemp('site') / 'test.db'}")
    with serving(Site(database)) as started:
        yield started
    database.dispose()


@pytest.fixture
def site(running_site: Site) -> Site:
    running_site.start_over()
    return running_site


def tab_to(page: Page, words: str) -> None:
    """Goes on by Tab alone until what has the focus says these words."""
    for _ in range(LONGEST_WAY):
        page.keyboard.press("Tab")
        if words in page.locator(":focus").inner_text():
            return
    raise AssertionError(f"{LONGEST_WAY} presses of Tab did not reach {words!r}")


# ---- What each page is like


def appointment(site: Site) -> str:
    return f"/appointment/{site.book()}"


def moved(site: Site) -> str:
    token = site.book()
    there = {"blocked_until": local("2026-12-03 13:15"), "reminder_at": None}
    site.appointments.move(site.booked(token).id, slot("2026-12-03 12:00"), **there)
    return f"/appointment/{token}?moved=yes"


def free_times(site: Site) -> str:
    return f"{appointment(site)}/move?with=anyone"


def no_free_times(site: Site) -> str:
    return f"{appointment(site)}/move?from=2026-12-07"


def asked_to_cancel(site: Site) -> str:
    return f"{appointment(site)}/cancel"


def cancelled(site: Site) -> str:
    token = site.book()
    site.appointments.cancel(site.booked(token).id)
    return f"/appointment/{token}"


def too_late(site: Site) -> str:
    token = site.book()
    site.now = local("2026-11-26 09:00")
    return f"/appointment/{token}"


def past(site: Site) -> str:
    token = site.book()
    site.now = local("2026-11-26 18:00")
    return f"/appointment/{token}"


def unknown(site: Site) -> str:
    return "/appointment/never-made"


def a_long_name(site: Site) -> str:
    return f"/appointment/{site.book(name='W' * 80)}"


SCENES = [
    *(appointment, moved, free_times, no_free_times, asked_to_cancel),
    *(cancelled, too_late, past, unknown, a_long_name),
]


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("scene", SCENES)
def test_a_page_has_no_barrier_in_light_and_in_dark(
    site: Site, visit: Callable[..., Page], scene: Callable[[Site], str], size: dict[str, int]
) -> None:
    page = visit(site, viewport=size, bypass_csp=True)  # axe is a script, and the pages allow none.

    page.goto(scene(site))

    assert barriers(page, "light") == []
    assert barriers(page, "dark") == []


SMALL = """() => [...document.querySelectorAll(".button, .quiet, .days a, .time")]
  .map((node) => [node.innerText, node.getBoundingClientRect()])
  .filter(([, { width, height }]) => width < 44 || height < 44)
  .map(([text, { width, height }]) => `${text}: ${width} by ${height} px`)"""


@pytest.mark.parametrize("scene", SCENES)
def test_at_320_pixels_nothing_is_too_wide_for_the_page_or_too_small_for_a_finger(
    site: Site, visit: Callable[..., Page], scene: Callable[[Site], str]
) -> None:
    page = visit(site, viewport={"width": 320, "height": 256})  # a desktop at 400 percent

    page.goto(scene(site))

    assert page.evaluate(OVERFLOW) == []
    assert page.evaluate(SMALL) == []


# ---- What is done there


def test_moving_by_keyboard_alone(site: Site, visit: Callable[..., Page]) -> None:
    token = site.book()
    page = visit(site)
    page.goto(f"/appointment/{token}")

    tab_to(page, "Move to another time")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Move your appointment")
    page.get_by_role("group", name="Thursday, November 26").get_by_role("radio", name="12:00 pm").focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="12:30 pm", checked=True)).to_be_focused()
    tab_to(page, "Move to this time")
    page.keyboard.press("Enter")

    expect(page).to_have_title("Your appointment is moved · Made-up Massage Clinic")
    assert site.booked(token).start == local("2026-11-26 12:30")


def test_cancelling_by_keyboard_alone(site: Site, visit: Callable[..., Page]) -> None:
    token = site.book()
    page = visit(site)
    page.goto(f"/appointment/{token}")

    tab_to(page, "Cancel this appointment")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Cancel this appointment?")
    tab_to(page, "Yes, cancel it")
    page.keyboard.press("Enter")

    expect(page).to_have_title("This appointment is cancelled · Made-up Massage Clinic")
    assert site.booked(token).status is Status.CANCELLED


def test_without_a_choice_the_browser_asks_for_one(site: Site, visit: Callable[..., Page]) -> None:
    token = site.book()
    page = visit(site)
    page.goto(f"/appointment/{token}/move")

    page.get_by_role("button", name="Move to this time").press("Enter")

    expect(page.get_by_role("radio").first).to_be_focused()
    assert site.booked(token).sequence == 0


def test_once_a_time_is_chosen_the_way_on_is_in_sight(site: Site, visit: Callable[..., Page]) -> None:
    page = visit(site)
    page.goto(free_times(site))
    way_on = page.get_by_role("button", name="Move to this time")
    expect(way_on).not_to_be_in_viewport()

    page.get_by_role("radio").first.check()

    expect(way_on).to_be_in_viewport(ratio=1)


def test_what_has_the_focus_is_not_under_the_way_on(site: Site, visit: Callable[..., Page]) -> None:
    page = visit(site)
    page.goto(free_times(site))
    page.get_by_role("radio").first.check()
    bar = page.locator(".decide").bounding_box()

    page.get_by_role("radio").nth(40).focus()

    box = page.locator(".time").nth(40).bounding_box()
    assert bar is not None
    assert box is not None
    assert box["y"] + box["height"] <= bar["y"]


def test_going_back_after_a_move_and_sending_it_again_changes_nothing(site: Site, visit: Callable[..., Page]) -> None:
    token = site.book()
    page = visit(site)
    page.goto(f"/appointment/{token}/move")
    page.get_by_role("radio", name="12:30 pm").last.check()
    page.get_by_role("button", name="Move to this time").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your appointment is moved")

    page.reload()

    expect(page.get_by_role("heading", level=1)).to_have_text("Your appointment is moved")
    assert site.booked(token).sequence == 1


def test_the_page_can_be_read_without_its_colours(site: Site, visit: Callable[..., Page]) -> None:
    page = visit(site, forced_colors="active")
    page.goto(free_times(site))

    page.get_by_role("radio").first.check()

    chosen, other = page.locator(".time").nth(0), page.locator(".time").nth(1)
    outline = "node => getComputedStyle(node).outlineStyle"
    assert (chosen.evaluate(outline), other.evaluate(outline)) == ("solid", "none")
