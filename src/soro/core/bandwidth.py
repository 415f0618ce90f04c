"""How fast this machine reads memory: the wall that the decoding of a language model runs into."""

import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np

BYTES_PER_THREAD = 128 << 20  # far beyond any cache
NUM_ROUNDS = 7


def read_bandwidth(num_threads: int) -> float:
    """Bytes a second that `num_threads` threads read together: the largest of a long array of float32, best of seven rounds.

    It reads and does not write, as decoding reads the weights. Sums and dot products are slower, copies count the writing too.
    """
    arrays = [np.zeros(BYTES_PER_THREAD // 4, dtype=np.float32) for _ in range(num_threads)]
    for array in arrays:
        array.fill(1.0)  # an untouched page of zeros is not in memory
    seconds = []
    with ThreadPoolExecutor(num_threads) as threads:
        for _ in range(NUM_ROUNDS):
            start_s = time.perf_counter()
            list(threads.map(np.max, arrays))
            seconds.append(time.perf_counter() - start_s)
    return num_threads * BYTES_PER_THREAD / min(seconds)
