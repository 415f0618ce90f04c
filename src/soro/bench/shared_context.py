"""Log likelihoods of continuations, each context read once however many continuations it has.

The same numbers as a forward pass over every context with every continuation, for a fraction of the work: what all
contexts begin with (the shots) is read once for all, the rest of a context once for its choices, and no output layer is
computed over a context. Shapes: B batch, T time, V vocabulary.
"""

import copy
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import torch
from transformers import DynamicCache, PreTrainedModel

MAX_TOKENS_PER_PASS = 384  # bounds the logits: 384 rows of 262,144 pieces are 400 MB

Request = tuple[list[int], list[int]]  # token ids of a context (at least one) and of its continuation (at least one)


def score_continuations(
    model: PreTrainedModel, requests: Sequence[Request], on_done: Callable[[int], None] = lambda number: None
) -> list[tuple[float, bool]]:
    """(log likelihood in nats, is it what greedy decoding gives) of each request; `on_done` hears how many are done."""
    by_context: dict[tuple[int, ...], list[int]] = {}
    for index, (ids, _) in enumerate(requests):
        by_context.setdefault(tuple(ids), []).append(index)
    heads = [list(context[:-1]) for context in by_context]  # the last token of a context is read with the continuations
    shared = common_prefix(heads)
    scores: dict[int, tuple[float, bool]] = {}
    with torch.inference_mode():
        shared_cache = read(model, shared, DynamicCache(config=model.config)) if shared else None
        for head, (context, members) in zip(heads, by_context.items(), strict=True):
            rest, cache = head[len(shared) :], copy.deepcopy(shared_cache)
            if rest:
                cache = read(model, rest, cache or DynamicCache(config=model.config))
            for batch in batches(members, [len(continuation) for _, continuation in requests]):
                rows = [[context[-1], *requests[index][1]] for index in batch]
                scores.update(zip(batch, score_rows(model, rows, cache), strict=True))
                on_done(len(batch))
    return [scores[index] for index in range(len(requests))]


def common_prefix(sequences: Sequence[list[int]]) -> list[int]:
    """What all sequences begin with."""
    if not sequences:
        return []
    first, last = min(sequences), max(sequences)
    length = next((i for i, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), min(len(first), len(last)))
    return first[:length]


def read(model: PreTrainedModel, ids: list[int], cache: Any) -> Any:
    """The cache after `ids`; one row of logits is computed because the model must give some."""
    model(torch.tensor([ids], device=model.device), past_key_values=cache, use_cache=True, logits_to_keep=1)
    return cache


def batches(members: list[int], lengths: Sequence[int]) -> Iterator[list[int]]:
    """Requests by length, as many at once as stay within MAX_TOKENS_PER_PASS, at least one."""
    batch: list[int] = []
    for index in sorted(members, key=lambda i: (lengths[i], i)):
        if batch and lengths[index] * (len(batch) + 1) > MAX_TOKENS_PER_PASS:
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch


def score_rows(model: PreTrainedModel, rows: list[list[int]], cache: Any) -> list[tuple[float, bool]]:
    """Score of each row after its first token, which is given, as is what `cache` holds."""
    ids_BT = torch.zeros(len(rows), max(map(len, rows)), dtype=torch.long, device=model.device)
    for number, row in enumerate(rows):
        ids_BT[number, : len(row)] = torch.tensor(row)
    past = copy.deepcopy(cache)
    if past is not None:
        past.batch_repeat_interleave(len(rows))
    logits_BTV = model(ids_BT[:, :-1], past_key_values=past, use_cache=past is not None).logits.float()
    nats_BT = logits_BTV.gather(2, ids_BT[:, 1:, None]).squeeze(2) - logits_BTV.logsumexp(2)
    greedy_BT = logits_BTV.argmax(2) == ids_BT[:, 1:]
    lengths = [len(row) - 1 for row in rows]
    return [(float(nats_BT[i, :n].sum()), bool(greedy_BT[i, :n].all())) for i, n in enumerate(lengths)]
