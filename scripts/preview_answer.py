"""Shows one answer as a visitor sees it: scripts/preview prices"""

import sys
from textwrap import fill, indent

from clinic.errors import ClinicError
from clinic.replies import Reply, answer_reply
from storage import clock
from storage.content_files import ContentReader
from storage.settings import settings

WIDTH = 72


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit("Which answer? For example: scripts/preview prices")
    try:
        content = ContentReader(settings().content).read(clock.today())
        print(drawn(answer_reply(content, sys.argv[1], clock.today())))
    except ClinicError as error:
        sys.exit(str(error))


def drawn(reply: Reply) -> str:
    """The bubble, what is behind "more", the quiet line, and the buttons."""
    parts = [reply.question or "", _wrapped(reply.text)]
    if reply.more:
        parts.append("▾ More\n" + indent(_wrapped(reply.more), "  "))
    for card in reply.cards:
        steps = [f"{number}. {step['text']}" for number, step in enumerate(card["steps"], 1)]
        parts.append("\n".join([f"[{card['title']}: {card['position']}]", *steps, card["dose"]]))
    if reply.sources:
        sources = [f"  {source['publisher']}: {source['title']}\n  {source['url']}" for source in reply.sources]
        parts.append("\n".join([f"▾ Evidence: {reply.evidence}", *sources, f"  {reply.review}"]))
    if reply.buttons:
        parts.append("  ".join(f"( {button.title} )" for button in reply.buttons))
    return "\n\n".join(parts)


def _wrapped(text: str) -> str:
    return "\n".join(
        fill(line, WIDTH, subsequent_indent="  " if line.startswith("- ") else "") for line in text.splitlines()
    )


if __name__ == "__main__":
    main()
