"""One progress line an interval, on stderr; stdout stays free for data."""

import sys
import time


def say(text: str) -> None:
    """One line to the person who waits."""
    print(text, file=sys.stderr, flush=True)


def format_seconds(seconds: float) -> str:
    """`75.2` -> `1m15s`; hours and minutes only where there are some."""
    whole = max(0, round(seconds))
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    return f"{hours}h{minutes:02d}m" if hours else f"{minutes}m{rest:02d}s" if minutes else f"{rest}s"


class Progress:
    """Counts units of work and prints rate and remaining time, at most once in `interval_s` seconds."""

    def __init__(self, label: str, *, total: float, unit: str, done: float = 0, interval_s: float = 5.0) -> None:
        self.label, self.total, self.unit, self.interval_s = label, total, unit, interval_s
        self.first = self.done = done
        self.start_s = self.last_s = time.monotonic()

    def rate(self) -> float:
        """Units a second since the start."""
        return (self.done - self.first) / max(time.monotonic() - self.start_s, 1e-9)

    def advance(self, amount: float, note: str = "") -> None:
        self.done += amount
        now_s = time.monotonic()
        if now_s - self.last_s >= self.interval_s or self.done >= self.total:
            self.last_s = now_s
            rate = self.rate()
            eta = format_seconds((self.total - self.done) / rate) if rate > 0 else "?"
            say(f"{self.label} {self.done:,.0f}/{self.total:,.0f} {self.unit} {rate:,.0f}/s ETA {eta} {note}".rstrip())
