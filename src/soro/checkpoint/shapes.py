"""The published sizes of Gemma 3, text part only: widths, layers, heads.

Source: `config.json` (or its `text_config`) of google/gemma-3-270m, -1b-pt, -4b-pt, -12b-pt and -27b-pt. The numbers of
weights that follow from them are the published ones (tests/checkpoint/test_shapes.py).
"""

from dataclasses import dataclass
from math import prod
from typing import Any

EMBEDDING = "model.embed_tokens.weight"


@dataclass(frozen=True, kw_only=True)
class Shape:
    """One size of Gemma 3."""

    name: str
    width: int
    num_layers: int
    ffn_size: int
    num_heads: int
    num_kv_heads: int
    head_dim: int
    sliding_window: int
    query_scale: int

    def config(self, num_rows: int) -> dict[str, Any]:
        """The keys of `config.json` that say how to compute, for a vocabulary of `num_rows`."""
        return {
            "model_type": "gemma3_text",
            "vocab_size": num_rows,
            "hidden_size": self.width,
            "intermediate_size": self.ffn_size,
            "num_hidden_layers": self.num_layers,
            "num_attention_heads": self.num_heads,
            "num_key_value_heads": self.num_kv_heads,
            "head_dim": self.head_dim,
            "query_pre_attn_scalar": self.query_scale,
            "sliding_window": self.sliding_window,
            "max_position_embeddings": 32768,
            "rms_norm_eps": 1e-6,
        }

    def tensors(self, num_rows: int) -> dict[str, tuple[int, ...]]:
        """The shape of every tensor by its name in a Hugging Face folder, the embedding first."""
        queries, keys = self.num_heads * self.head_dim, self.num_kv_heads * self.head_dim
        layer = {
            "input_layernorm": (self.width,),
            "self_attn.q_proj": (queries, self.width),
            "self_attn.k_proj": (keys, self.width),
            "self_attn.v_proj": (keys, self.width),
            "self_attn.q_norm": (self.head_dim,),
            "self_attn.k_norm": (self.head_dim,),
            "self_attn.o_proj": (self.width, queries),
            "post_attention_layernorm": (self.width,),
            "pre_feedforward_layernorm": (self.width,),
            "mlp.gate_proj": (self.ffn_size, self.width),
            "mlp.up_proj": (self.ffn_size, self.width),
            "mlp.down_proj": (self.width, self.ffn_size),
            "post_feedforward_layernorm": (self.width,),
        }
        layers = {
            f"model.layers.{number}.{name}.weight": size
            for number in range(self.num_layers)
            for name, size in layer.items()
        }
        return {EMBEDDING: (num_rows, self.width), **layers, "model.norm.weight": (self.width,)}

    def num_weights(self, num_rows: int) -> int:
        return sum(map(prod, self.tensors(num_rows).values()))


# fmt: off
GEMMA_3 = (
    Shape(name="270m", width=640, num_layers=18, ffn_size=2048, num_heads=4, num_kv_heads=1, head_dim=256,
          sliding_window=512, query_scale=256),
    Shape(name="1b", width=1152, num_layers=26, ffn_size=6912, num_heads=4, num_kv_heads=1, head_dim=256,
          sliding_window=512, query_scale=256),
    Shape(name="4b", width=2560, num_layers=34, ffn_size=10240, num_heads=8, num_kv_heads=4, head_dim=256,
          sliding_window=1024, query_scale=256),
    Shape(name="12b", width=3840, num_layers=48, ffn_size=15360, num_heads=16, num_kv_heads=8, head_dim=256,
          sliding_window=1024, query_scale=256),
    Shape(name="27b", width=5376, num_layers=62, ffn_size=21504, num_heads=32, num_kv_heads=16, head_dim=128,
          sliding_window=1024, query_scale=168),
)
# fmt: on
