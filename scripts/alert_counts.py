"""For the clinic: how often each red flag was raised, acknowledged, and taken back as a mistake, by day."""

from storage.alert_counts import AlertCounts
from storage.database import open_database
from storage.settings import settings


def main() -> None:
    counted = list(AlertCounts(open_database(settings().database)).all())
    for one in counted:
        ends = f"{one.acknowledged} acknowledged, {one.taken_back} a mistake"
        print(f"{one.day}  {one.level:10}  {one.red_flag:24}  {one.raised:4} raised, {ends}")
    if not counted:
        print("No alert was raised.")


if __name__ == "__main__":
    main()
