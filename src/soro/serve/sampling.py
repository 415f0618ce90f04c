"""How an answer is drawn when the request does not say: the one place for these numbers."""

from dataclasses import dataclass

# A small model needs a low temperature to stay on its subject and a repeat penalty to leave a loop.
TEMPERATURE = 0.6
TOP_P = 0.9
REPEAT_PENALTY = 1.1
NUM_PENALISED_TOKENS = 64  # how far back the repeat penalty looks
MAX_ANSWER_TOKENS = 512


@dataclass(frozen=True, kw_only=True)
class Sampling:
    """How one answer is drawn. `seed` None draws a new one each time; temperature 0 is greedy."""

    temperature: float = TEMPERATURE
    top_p: float = TOP_P
    repeat_penalty: float = REPEAT_PENALTY
    frequency_penalty: float = 0.0
    presence_penalty: float = 0.0
    max_tokens: int = MAX_ANSWER_TOKENS
    stop: tuple[str, ...] = ()
    seed: int | None = None
