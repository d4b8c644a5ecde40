"""The README's pictures, from the running assistant: python -m tests.browser.screenshots docs/images"""

import sys
import tempfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.browser import scenes
from tests.browser.chat_page import ChatPage, embedded
from tests.browser.chromium import Watched, launched
from tests.browser.scenes import booked
from tests.running import Server, running

LARGEST_BYTES = 300_000


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place, running(Path(place)) as server, launched() as browser:
        for scene in (greeting, answer, stretch, emergency, booked):
            save(scene, folder, browser, server, viewport=scenes.PHONE, device_scale_factor=2)
        save(desktop, folder, browser, server, viewport=scenes.DESKTOP)


def save(scene: Callable[[Page], None], folder: Path, browser: Browser, server: Server, **circumstances: Any) -> None:
    watched = Watched(browser, server.address, color_scheme="light", **circumstances)
    page = watched.context.new_page()
    scene(page)
    file = folder / f"{scene.__name__}.png"
    Image.open(BytesIO(page.screenshot())).convert("RGB").save(file, optimize=True)
    watched.close()
    print(f"{file}: {file.stat().st_size // 1000} kB")
    if file.stat().st_size > LARGEST_BYTES:
        sys.exit(f"{file} is larger than {LARGEST_BYTES} bytes")


def greeting(page: Page) -> None:
    open_from_demo_page(page)


def answer(page: Page) -> None:
    chat = open_from_demo_page(page)
    chat.say("what is sciatica?").locator("summary").evaluate("summary => summary.click()")
    chat.said.evaluate("said => said.scrollIntoView()")


def stretch(page: Page) -> None:
    chat = open_from_demo_page(page)
    given = chat.say("how do i do the piriformis stretch?")
    for step in given.get_by_role("img").all():
        step.evaluate("step => step.decode()")
    given.locator(".steps").evaluate("steps => steps.scrollIntoView()")
    chat.scroller.evaluate("view => (view.scrollTop += 4)")  # Past the edge of the box above.


def emergency(page: Page) -> None:
    chat = open_from_demo_page(page)
    chat.say(scenes.DANGER)
    expect(chat.banner).to_be_visible()


def desktop(page: Page) -> None:
    open_from_demo_page(page).say("does massage help with sciatica?")


def open_from_demo_page(page: Page) -> ChatPage:
    scenes.demo_page(page)
    page.get_by_role("link", name="Ask the assistant").press("Enter")  # Leaves no pointer over what is pictured.
    chat = ChatPage(embedded(page)).wait()
    expect(chat.composer).to_be_focused()
    return chat


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
