"""Learning rate by step: linear warm-up, then half a cosine down to a fraction of the peak."""

import math


def learning_rate(
    step: int, *, num_steps: int, lr_peak: float, warmup_fraction: float, lr_final_fraction: float
) -> float:
    """Learning rate of `step`, counted from 0."""
    num_warmup = max(1, round(num_steps * warmup_fraction))
    if step < num_warmup:
        return lr_peak * (step + 1) / num_warmup
    done = (step - num_warmup) / max(1, num_steps - num_warmup)
    floor = lr_peak * lr_final_fraction
    return floor + (lr_peak - floor) * (1 + math.cos(math.pi * done)) / 2
