"""Counts what customers look at, for the page of statistics."""

import threading


class Visits:
    def __init__(self) -> None:
        self.seen = 0
        self.bought = 0
        self._lock = threading.Lock()

    def see(self) -> None:
        # finding: shared-state-unlocked
        self.seen += 1

    # The same with the lock held: right.
    def buy(self) -> None:
        with self._lock:
            self.bought += 1


visits = Visits()
