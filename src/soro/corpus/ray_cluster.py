"""Judging blocks on a Ray cluster: the bytes of a block go out, the bytes of its two pieces come back.

The cluster needs Soro installed on every machine and no shared folder; files are read and written on this machine alone. It is
the one that RAY_ADDRESS names, or one on this machine that ends with the run.
"""

from collections.abc import Iterator
from typing import Any

from soro.core.errors import SoroError, missing_extra
from soro.corpus.judging import Judging, judge_block, write_judged

BLOCKS_AHEAD = 2  # for each core of the cluster


def judge_with_ray(judgings: list[Judging]) -> Iterator[None]:
    """Judge every block, yielding once for each. Raises SoroError when Ray is missing or a worker is lost for good."""
    try:
        import ray
    except ImportError as error:
        raise missing_extra("ray", "ray") from error
    started_here = not ray.is_initialized()
    if started_here:
        ray.init(log_to_driver=False, configure_logging=False, include_dashboard=False)
    try:
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
    except ray.exceptions.RayError as error:
        raise SoroError(
            f"the Ray cluster failed ({type(error).__name__}: {str(error).strip().splitlines()[-1][:300]}); what is finished "
            "is kept: run the same command again, or set corpus.engine = 'local'"
        ) from error
    finally:
        if started_here:
            ray.shutdown()
