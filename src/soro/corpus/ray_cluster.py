"""Judging blocks on a Ray cluster: the bytes of a block go out, the bytes of its two pieces come back.

The cluster needs Soro installed on every machine and no shared folder; files are read and written on this machine alone. It is
the one that RAY_ADDRESS names, or one on this machine that ends with the run.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from soro.core.errors import SoroError, missing_extra
from soro.corpus.judging import Judging, judge_block, write_judged

BLOCKS_AHEAD = 2  # for each core of the cluster
ADDRESS_VARIABLE = "RAY_ADDRESS"


def judge_with_ray(judgings: list[Judging]) -> Iterator[None]:
    """Judge every block, yielding once for each. Raises SoroError when Ray is missing or a worker is lost for good."""
    try:
        import ray
    except ImportError as error:
        raise missing_extra("ray", "ray") from error
    with connected(ray):
        try:
            yield from judged_in_order_of_ending(ray, judgings)
        except ray.exceptions.RayError as error:
            raise cluster_error(error) from error


def judged_in_order_of_ending(ray: Any, judgings: list[Judging]) -> Iterator[None]:
    remote = ray.remote(judge_block)
    num_ahead = BLOCKS_AHEAD * max(1, int(ray.cluster_resources().get("CPU", 1)))
    waiting: dict[Any, Judging] = {}
    rest = iter(judgings)
    while True:
        while len(waiting) < num_ahead and (judging := next(rest, None)):
            raw = (judging.work / "raw" / f"{judging.name}.parquet").read_bytes()
            waiting[remote.remote(raw, judging.source, judging.section)] = judging
        if not waiting:
            return
        for reference in ray.wait(list(waiting), num_returns=1)[0]:
            judging = waiting.pop(reference)
            write_judged(judging.work, judging.name, *ray.get(reference))
            yield


@contextmanager
def connected(ray: Any) -> Iterator[None]:
    """A connection to the cluster that RAY_ADDRESS names, or to a new one on this machine; one that is there already is kept.

    Raises SoroError when there is no cluster at the address or none can be started.
    """
    if ray.is_initialized():
        yield
        return
    address = (
        os.environ.get(ADDRESS_VARIABLE) or "local"
    )  # by itself Ray would also take one that ended and left its address
    try:
        ray.init(address, log_to_driver=False, configure_logging=False, include_dashboard=False)
    except Exception as error:  # ConnectionError, RuntimeError, or Exception itself where a node does not start in time
        raise cluster_error(error) from error
    try:
        yield
    finally:
        ray.shutdown()


def cluster_error(error: Exception) -> SoroError:
    reason = str(error).strip().splitlines() or [""]
    return SoroError(
        f"the Ray cluster failed ({type(error).__name__}: {reason[-1][:300]}); what is finished is kept: run the same command "
        f"again, look at {ADDRESS_VARIABLE}, or set corpus.engine = 'local'"
    )
