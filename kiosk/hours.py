"""Times of day, and working days, where the booth stands."""

from datetime import datetime, timedelta

SATURDAY = 5  # as `date.weekday()` counts
ABOUT = timedelta(minutes=10)  # what one time alone stands for


def span(begin: str, end: str, now: float) -> tuple[float, float]:
    """Return when it was last from "20:10" to "20:20", in seconds since 1970.

    The last minute is part of it. Without an end it lasts ten minutes; it may go over
    midnight, and at 00:30 a guest's "ten to midnight" was yesterday.
    """
    here = datetime.fromtimestamp(now).astimezone()
    began = _at(here, begin)
    if began > here:
        began -= timedelta(days=1)
    lasts = (_at(here, end) - _at(here, begin)) % timedelta(days=1) if end else ABOUT
    ended = began + lasts + timedelta(minutes=1)
    return began.timestamp(), ended.timestamp()


def working_days_after(moment: datetime, days: int) -> datetime:
    """Return the same time of day so many working days later, where the booth stands.

    Monday to Friday are working days. Public holidays are not known here: who runs the
    event minds them.
    """
    here = moment.astimezone()
    day = here.date()
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < SATURDAY
    return datetime.combine(day, here.time()).astimezone()


def _at(day: datetime, time: str) -> datetime:
    hour, minute = map(int, time.split(":"))
    return day.replace(hour=hour, minute=minute, second=0, microsecond=0)
