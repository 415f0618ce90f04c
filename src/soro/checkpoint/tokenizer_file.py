"""`tokenizer.json` of a Gemma 3: BPE with byte fallback over text whose spaces are drawn as ▁, digits split by the merges.

Everything but pieces and merges is the same in every Gemma 3 tokenizer, so it is written here once.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tokenizers import Tokenizer

from soro.core.errors import SoroError

SPACE = "▁"
SPECIAL_TOKENS = ("<pad>", "<eos>", "<bos>", "<unk>", "<mask>")
START_OF_TURN, END_OF_TURN = "<start_of_turn>", "<end_of_turn>"
# Tokens that stand for an image, by their names in the configs of a multimodal Gemma 3.
IMAGE_TOKENS = {"boi_token": "<start_of_image>", "eoi_token": "<end_of_image>", "image_token": "<image_soft_token>"}
BYTE_PIECES = tuple(f"<0x{byte:02X}>" for byte in range(256))

# Gemma 3's dialogue format: turns of "user" and "model"; a system text joins the first user turn.
CHAT_TEMPLATE = """{{ bos_token }}
{%- set ns = namespace(prefix='') -%}
{%- if messages and messages[0]['role'] == 'system' -%}
  {%- set ns.prefix = messages[0]['content'] + '\\n\\n' -%}
  {%- set messages = messages[1:] -%}
{%- endif -%}
{%- for message in messages -%}
  {%- if (message['role'] == 'user') != (loop.index0 % 2 == 0) -%}
    {{ raise_exception('roles must alternate user/assistant, the first one user') }}
  {%- endif -%}
  {{ '<start_of_turn>' + ('model' if message['role'] == 'assistant' else message['role']) + '\\n' }}
  {{- (ns.prefix if loop.first else '') + message['content'] | trim }}
  {{- '<end_of_turn>\\n' }}
{%- endfor -%}
{%- if add_generation_prompt -%}{{ '<start_of_turn>model\\n' }}{%- endif -%}
"""


def gemma_tokenizer(
    pieces: Sequence[str],
    merges: Iterable[tuple[str, str]],
    added: Mapping[str, bool],
) -> dict[str, Any]:
    """The value of `tokenizer.json`: row i is `pieces[i]`; `added` names the pieces matched before BPE, True where control."""
    ids = {piece: row for row, piece in enumerate(pieces)}
    bos = ids["<bos>"]
    begin, sequence = {"SpecialToken": {"id": "<bos>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [
            {
                "id": ids[piece],
                "content": piece,
                "single_word": False,
                "lstrip": False,
                "rstrip": False,
                "normalized": False,
                "special": special,
            }
            for piece, special in sorted(added.items(), key=lambda item: ids[item[0]])
        ],
        "normalizer": {"type": "Replace", "pattern": {"String": " "}, "content": SPACE},
        "pre_tokenizer": {
            "type": "Split",
            "pattern": {"String": " "},
            "behavior": "MergedWithPrevious",
            "invert": False,
        },
        "post_processor": {
            "type": "TemplateProcessing",
            "single": [begin, sequence],
            "pair": [begin, sequence, begin, {"Sequence": {"id": "B", "type_id": 1}}],
            "special_tokens": {"<bos>": {"id": "<bos>", "ids": [bos], "tokens": ["<bos>"]}},
        },
        "decoder": {
            "type": "Sequence",
            "decoders": [
                {"type": "Replace", "pattern": {"String": SPACE}, "content": " "},
                {"type": "ByteFallback"},
                {"type": "Fuse"},
            ],
        },
        "model": {
            "type": "BPE",
            "dropout": None,
            "unk_token": "<unk>",
            "continuing_subword_prefix": None,
            "end_of_word_suffix": None,
            "fuse_unk": True,
            "byte_fallback": True,
            "ignore_merges": False,
            "vocab": ids,
            "merges": [list(merge) for merge in merges],
        },
    }


def tokenizer_config(max_tokens: int, image_tokens: Mapping[str, str]) -> dict[str, Any]:
    """`tokenizer_config.json` beside it, as transformers reads it."""
    images = {"extra_special_tokens": dict(image_tokens), "processor_class": "Gemma3Processor"} if image_tokens else {}
    return {
        **images,
        "tokenizer_class": "PreTrainedTokenizerFast",
        "bos_token": "<bos>",
        "eos_token": "<eos>",
        "pad_token": "<pad>",
        "unk_token": "<unk>",
        "add_bos_token": True,
        "add_eos_token": False,
        "clean_up_tokenization_spaces": False,
        "model_max_length": max_tokens,
    }


def ordered_merges(
    pieces: Sequence[str], priority: Mapping[str, float], mergeable: Iterable[str]
) -> list[tuple[str, str]]:
    """The merge list that a scored BPE vocabulary stands for: every split of a piece into two pieces, by the piece's
    priority (higher first), then by the rows of the halves. Source: the conversion of SentencePiece models to `tokenizers`.
    """
    row = {piece: number for number, piece in enumerate(pieces)}
    merges: list[tuple[float, int, int, str, str]] = []
    for piece in mergeable:
        for cut in range(1, len(piece)):
            left, right = piece[:cut], piece[cut:]
            if left in row and right in row:
                merges.append((-priority[piece], row[left], row[right], left, right))
    by_piece = sorted(merges, key=lambda merge: (merge[0], row[merge[3] + merge[4]], merge[1], merge[2]))
    return [(left, right) for *_, left, right in by_piece]


def token_id(tokenizer: Tokenizer, piece: str) -> int:
    """The row of a piece that every Gemma 3 tokenizer has. Raises SoroError where it is missing."""
    row = tokenizer.token_to_id(piece)
    if row is None:
        raise SoroError(f"the tokenizer has no piece {piece!r}: it is not the tokenizer of a Gemma 3")
    return int(row)
