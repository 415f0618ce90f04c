"""How an answer is drawn when the request does not say: the one place for these numbers."""

from dataclasses import dataclass

# A small model needs a low temperature to stay on its subject, and help to leave a loop. A repeat penalty counts the words of
# the question too, so the answer cannot name what was asked about: DRY (llama.cpp) punishes only runs of tokens that were
# written before. benchmarks/sampling.py compares them.
TEMPERATURE = 0.3
TOP_P = 0.9
REPEAT_PENALTY = 1.0
NUM_PENALISED_TOKENS = 64  # how far back the repeat penalty looks
DRY_MULTIPLIER = (
    0.8  # a token that lengthens a repeated run of n tokens loses MULTIPLIER * BASE ** (n - ALLOWED_LENGTH) nats
)
DRY_BASE = 1.75
DRY_ALLOWED_LENGTH = 4
MAX_ANSWER_TOKENS = 512


@dataclass(frozen=True, kw_only=True)
class Sampling:
    """How one answer is drawn. `seed` None draws a new one each time; temperature 0 is greedy."""

    temperature: float = TEMPERATURE
    top_p: float = TOP_P
    repeat_penalty: float = REPEAT_PENALTY
    dry_multiplier: float = DRY_MULTIPLIER
    dry_allowed_length: int = DRY_ALLOWED_LENGTH
    frequency_penalty: float = 0.0
    presence_penalty: float = 0.0
    max_tokens: int = MAX_ANSWER_TOKENS
    stop: tuple[str, ...] = ()
    seed: int | None = None
