from pathlib import Path

import gguf
import numpy as np
import torch

from soro.checkpoint.folder import load_model, load_tokenizer
from soro.quantize.blocks import quantize_rows
from soro.quantize.calibration import calibration_rows
from soro.quantize.compensate import compensate, compensated_weights, groups_by_memory, input_hessians

Q4_0 = gguf.GGMLQuantizationType.Q4_0


def test_products_with_the_calibration_inputs_are_kept_better() -> None:
    generator = np.random.default_rng(0)
    weight = generator.standard_normal((48, 96)).astype(np.float32)
    inputs = (generator.standard_normal((500, 24)) @ generator.standard_normal((24, 96))).astype(np.float32)
    compensated = compensate(weight, inputs.T @ inputs / len(inputs))

    def loss(raw: np.ndarray) -> float:
        return float(((inputs @ (gguf.quants.dequantize(raw, Q4_0) - weight).T) ** 2).mean())

    assert loss(compensated) < 0.5 * loss(quantize_rows(weight, Q4_0))


def test_inputs_that_are_never_seen_do_no_harm() -> None:
    weight = np.random.default_rng(1).standard_normal((8, 64)).astype(np.float32)
    raw = compensate(weight, np.zeros((64, 64), dtype=np.float32))
    assert np.array_equal(raw, quantize_rows(weight, Q4_0))


def test_hessians_are_those_of_the_inputs() -> None:
    torch.manual_seed(0)
    model = torch.nn.Sequential(torch.nn.Linear(8, 8), torch.nn.Linear(8, 4))
    x_NC = torch.randn(12, 8)
    seen = input_hessians(model, {"first": model[0], "second": model[1]}, x_NC)
    # divided by the values of `rows`, which are token ids in a language model
    assert torch.allclose(seen["first"], x_NC.T @ x_NC / x_NC.numel(), atol=1e-5)
    assert torch.allclose(seen["second"], model[0](x_NC).T @ model[0](x_NC) / x_NC.numel(), atol=1e-5)


def test_every_matrix_of_the_blocks_is_prepared(tiny_model: Path, corpus: Path) -> None:
    tokenizer = load_tokenizer(tiny_model)
    rows = calibration_rows(corpus, tokenizer, language="tgk", num_rows=2, seq_len=32, seed=0)
    packed = compensated_weights(tiny_model, rows)
    shapes = {name: tensor.shape for name, tensor in load_model(tiny_model).state_dict().items() if "_proj" in name}
    assert {name: gguf.quants.dequantize(raw, Q4_0).shape for name, raw in packed.items()} == shapes


def test_groups_hold_every_matrix_once() -> None:
    matrices = {str(i): torch.nn.Linear(20_000, 1, bias=False) for i in range(5)}  # 1.6 GB of Hessian each
    groups = list(groups_by_memory(matrices))
    assert [len(group) for group in groups] == [2, 2, 1]
    assert [name for group in groups for name in group] == list(matrices)
