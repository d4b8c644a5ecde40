"""For the desk: whom to call. With a number, that call is done and its details are deleted."""

import sys
from collections.abc import Iterator

from clinic.call_backs import CallBack, beside_others
from storage.call_backs import CallBacks
from storage.clock import clinic_zone
from storage.database import open_database
from storage.settings import settings


def main() -> None:
    kept = CallBacks(open_database(settings().database))
    if len(sys.argv) == 2:
        done = sys.argv[1]
        if not (done.isdecimal() and len(done) < 10 and kept.handled(int(done))):
            sys.exit(f"There is no call-back number {done}.")
        print(f"Call-back {done} is done; its name and telephone number are deleted.")
        return
    waiting = kept.open()
    for number, call_back in waiting:
        print("\n".join(_shown(number, call_back)))
    print(f"{len(waiting)} to call." if waiting else "Nobody to call.")


def _shown(number: int, one: CallBack) -> Iterator[str]:
    asked = one.asked_at.astimezone(clinic_zone())
    yield f"{number:4}  {asked:%d %b %H:%M}  {one.phone}  {beside_others(one.name)}  {one.wish}".rstrip()
    for line in filter(None, [one.window, one.summary]):
        yield f"{'':20}{line}"


if __name__ == "__main__":
    main()
