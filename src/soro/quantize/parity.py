"""A GGUF is accepted when llama.cpp reads it as `tokenizers`, the chat template and torch read the folder it is made of."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from transformers import PreTrainedModel
from transformers.utils.chat_template_utils import render_jinja_template

from soro.checkpoint.folder import load_tokenizer
from soro.checkpoint.tokenizer_file import token_id
from soro.core.errors import SoroError
from soro.quantize.llama import LlamaServer, open_llama
from soro.quantize.parity_texts import questions

NUM_CONTEXTS, CONTEXT_TOKENS = 32, 48
# llama.cpp rounds activations to 8 bits, so two near-equal tokens may change places; a wrong weight or rope base costs more.
MAX_REGRET_NATS = 0.5
MIN_AGREEMENT = 0.75
BOS = "<bos>"


@dataclass(frozen=True, kw_only=True)
class Parity:
    """What was compared: numbers of strings, prompts and contexts, and how the next tokens agree."""

    num_strings: int
    num_prompts: int
    num_contexts: int
    num_top1_agree: int
    worst_regret_nats: float

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def check_parity(gguf_file: Path, folder: Path, dequantized: PreTrainedModel, texts: Sequence[str]) -> Parity:
    """Compare `gguf_file` in llama.cpp with the `folder` it was made of; `dequantized` holds the same weights in torch.

    Raises SoroError naming the first string, prompt or context on which they differ.
    """
    tokenizer = load_tokenizer(folder)
    with open_llama(gguf_file) as llama:
        check_tokens(llama, tokenizer, texts)
        prompts = check_prompts(llama, tokenizer, folder)
        contexts = contexts_of(tokenizer, texts)
        regrets = check_next_tokens(llama, dequantized, contexts)
    return Parity(
        num_strings=len(texts),
        num_prompts=prompts,
        num_contexts=len(contexts),
        num_top1_agree=sum(regret == 0.0 for regret in regrets),
        worst_regret_nats=round(max(regrets, default=0.0), 3),
    )


def check_tokens(llama: LlamaServer, tokenizer: Tokenizer, texts: Sequence[str]) -> None:
    """Equal ids for every text, and the same text back from them."""
    for text in texts:
        wanted = tokenizer.encode(text, add_special_tokens=False).ids
        found = llama.tokenize(text)
        if found != wanted:
            raise SoroError(
                f"parity: llama.cpp reads {text!r} as the ids {found}, tokenizers as {wanted}; the tokenizer in the GGUF is "
                "not the checkpoint's"
            )
        back = tokenizer.decode(wanted, skip_special_tokens=False)
        if llama.detokenize(wanted) != back:
            raise SoroError(
                f"parity: llama.cpp writes the ids {wanted} as {llama.detokenize(wanted)!r}, tokenizers as {back!r}"
            )


def chats() -> list[list[dict[str, str]]]:
    """Conversations as a chat page sends them: one question, several turns, a system text, odd spaces and markers."""
    asked = questions()
    one = [[{"role": "user", "content": question}] for question in asked]
    odd = ["  spaces around \n", "two\n\nlines", "<end_of_turn> in the text", "1 + 1 = ?", "👍 \t"]
    turns = [{"role": ("user", "assistant")[i % 2], "content": text} for i, text in enumerate([*asked, *odd[:4]])]
    turns = turns[: len(turns) // 2 * 2]
    several = [*turns, {"role": "user", "content": asked[0]}]
    system = {"role": "system", "content": asked[-1]}
    return [
        *one,
        *([{"role": "user", "content": text}] for text in odd),
        several,
        [system, *several],
        [system, *one[0]],
    ]


def check_prompts(llama: LlamaServer, tokenizer: Tokenizer, folder: Path) -> int:
    """Equal prompts and equal ids for every chat; returns how many. The folder's template is rendered by transformers."""
    template_file = folder / "chat_template.jinja"
    if not template_file.is_file():
        raise SoroError(f"{folder} has no chat_template.jinja, so the GGUF could not chat; build the checkpoint again")
    template = template_file.read_text(encoding="utf-8")
    conversations = chats()
    for messages in conversations:
        rendered: Any = render_jinja_template(
            [messages], chat_template=template, add_generation_prompt=True, bos_token=BOS
        )
        wanted = str(rendered[0][0])
        found = llama.chat_prompt(messages)
        if BOS + found.removeprefix(BOS) != wanted:
            raise SoroError(f"parity: llama.cpp renders the chat {messages} as {found!r}, the template says {wanted!r}")
        ids, wanted_ids = llama.tokenize(wanted), tokenizer.encode(wanted, add_special_tokens=False).ids
        if ids != wanted_ids:
            raise SoroError(
                f"parity: llama.cpp reads the prompt {wanted!r} as the ids {ids}, tokenizers as {wanted_ids}"
            )
    return len(conversations)


def contexts_of(tokenizer: Tokenizer, texts: Sequence[str]) -> list[list[int]]:
    """Ids of the beginnings of the last texts that are long enough, each after <bos>."""
    bos = token_id(tokenizer, BOS)
    long = [ids for text in reversed(texts) if len(ids := tokenizer.encode(text, add_special_tokens=False).ids) >= 8]
    return [[bos, *ids[: CONTEXT_TOKENS - index % 8]] for index, ids in enumerate(long[:NUM_CONTEXTS])]


def check_next_tokens(llama: LlamaServer, dequantized: PreTrainedModel, contexts: list[list[int]]) -> list[float]:
    """By how many nats torch prefers its own next token to llama.cpp's, for each context; 0 where they agree."""
    regrets = []
    for ids in contexts:
        token = llama.complete(ids, 1)["tokens"][0]
        with torch.no_grad():
            scores_V = dequantized(torch.tensor([ids])).logits[0, -1].float().log_softmax(-1)
        regrets.append(float(scores_V.max() - scores_V[token]))
        if regrets[-1] > MAX_REGRET_NATS:
            raise SoroError(
                f"parity: after the ids {ids} llama.cpp goes on with {token}, torch with {int(scores_V.argmax())}, which it "
                f"finds {regrets[-1]:.2f} nats likelier; the two do not compute the same model"
            )
    agree = sum(regret == 0.0 for regret in regrets)
    if agree < MIN_AGREEMENT * len(contexts):
        raise SoroError(
            f"parity: llama.cpp and torch agree on {agree} of {len(contexts)} next tokens; too few for one model"
        )
    return regrets
