"""Work under way: requests and late stores, so that a clean stop leaves none behind."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Lock, Thread, current_thread

_STOP_SECONDS = 10


class Work:
    """Knows the threads that serve something, and lets them wait no longer than the program runs."""

    def __init__(self) -> None:
        self._stopping = Event()
        self._lock = Lock()
        self._threads: set[Thread] = set()

    def wait(self, milliseconds: int) -> None:
        """Wait so long, or until the program stops."""
        if milliseconds:
            self._stopping.wait(milliseconds / 1000)

    @contextmanager
    def under_way(self) -> Iterator[None]:
        """While in here, the current thread is one that a stop waits for."""
        with self._lock:
            self._threads.add(current_thread())
        try:
            yield
        finally:
            with self._lock:
                self._threads.discard(current_thread())

    def later(self, milliseconds: int, job: Callable[[], object]) -> None:
        """Do `job` in a thread of its own after so long, or at once if the program stops before."""
        thread = Thread(target=self._late, args=(milliseconds, job), daemon=True)
        with self._lock:
            self._threads.add(thread)
        thread.start()

    def _late(self, milliseconds: int, job: Callable[[], object]) -> None:
        with self.under_way():
            self.wait(milliseconds)
            job()

    def stop(self) -> None:
        """Cut every wait short, and let what is under way finish; gives up on a thread after 10 s."""
        self._stopping.set()
        with self._lock:
            threads = self._threads - {current_thread()}
        for thread in threads:
            thread.join(_STOP_SECONDS)
