"""Tasks over the cores of this machine, each in a process that imports its code anew (spawn), or on a Ray cluster."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import connection
from typing import TypeVar

from soro.core.errors import SoroError

WORKERS_VARIABLE = "SORO_WORKERS"
TASKS_AHEAD = 2  # for each worker

Task = TypeVar("Task")
Result = TypeVar("Result")


def default_workers() -> int:
    """The cores this process may use, or what SORO_WORKERS says. Raises SoroError when that is no number from 1 on."""
    given = os.environ.get(WORKERS_VARIABLE, "")
    if not given:
        return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if not given.isdigit() or int(given) < 1:
        raise SoroError(f"{WORKERS_VARIABLE} is {given!r}, must be a number of processes from 1 on")
    return int(given)


class Workers:
    """The processes of one run, used for all its tasks; the first call with more than one task starts them."""

    def __init__(self, num_workers: int) -> None:
        self.num_workers = num_workers
        self.pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> "Workers":
        return self

    def __exit__(self, *error: object) -> None:
        if self.pool:
            self.pool.shutdown(cancel_futures=True)

    def run(self, function: Callable[[Task], Result], tasks: list[Task]) -> Iterator[Result]:
        """The results of all tasks as they come, in no order; a single task or worker runs in this process.

        Raises what a task raises, and SoroError when the system kills a worker.
        """
        if min(self.num_workers, len(tasks)) < 2:
            yield from map(function, tasks)
            return
        pool = self.pool = self.pool or ProcessPoolExecutor(
            self.num_workers, mp_context=multiprocessing.get_context("spawn"), initializer=follow_parent
        )
        try:
            yield from windowed(lambda task: pool.submit(function, task), tasks, TASKS_AHEAD * self.num_workers)
        except BrokenProcessPool as error:
            raise SoroError(
                "a worker process was killed, most likely by the system for want of memory; what is finished is kept: "
                f"run the same command again, with fewer workers ({WORKERS_VARIABLE}=1) if it happens again"
            ) from error


def windowed(submit: Callable[[Task], "Future[Result]"], tasks: Iterable[Task], num_ahead: int) -> Iterator[Result]:
    """Submit tasks so that at most `num_ahead` wait or run at any time; yield the results as they come."""
    rest = iter(tasks)
    pending = {submit(task) for task in islice(rest, num_ahead)}
    while pending:
        done, pending = wait(pending, return_when=FIRST_COMPLETED)
        for future in done:
            yield future.result()
        pending |= {submit(task) for task in islice(rest, len(done))}


def follow_parent() -> None:
    """A worker leaves Ctrl-C to its parent, and ends when the parent is gone, even when that was killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=end_with, args=(parent.sentinel,), daemon=True).start()


def end_with(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)
