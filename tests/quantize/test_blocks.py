import gguf
import numpy as np

from soro.quantize.blocks import best_scales, nearest_integers, pack_q4_0, quantize_rows

Q4_0 = gguf.GGMLQuantizationType.Q4_0


def squared_error(rows: np.ndarray, raw: np.ndarray) -> float:
    return float(((gguf.quants.dequantize(raw, Q4_0) - rows) ** 2).sum())


def test_searched_scales_are_nearer_than_the_plain_rule() -> None:
    rows = np.random.default_rng(0).standard_normal((64, 256)).astype(np.float32)
    plain, searched = quantize_rows(rows, Q4_0, search=False), quantize_rows(rows, Q4_0)
    assert searched.shape == plain.shape and searched.dtype == plain.dtype
    assert squared_error(rows, searched) < 0.9 * squared_error(rows, plain)


def test_numbers_on_the_grid_come_back_as_they_are() -> None:
    generator = np.random.default_rng(1)
    q = generator.integers(-8, 8, (50, 32)).astype(np.float32)
    q[:, 0] = -8
    rows = q * generator.uniform(0.01, 1, (50, 1)).astype(np.float16).astype(np.float32)
    assert np.array_equal(gguf.quants.dequantize(quantize_rows(rows, Q4_0), Q4_0), rows)


def test_packing_is_what_the_format_says() -> None:
    scales, q = np.full((1, 1), 0.5, dtype=np.float16), np.arange(-8, 8, dtype=np.float32).repeat(2)[None]
    assert np.array_equal(gguf.quants.dequantize(pack_q4_0(scales, q), Q4_0), 0.5 * q)


def test_a_block_of_zeros_stays_zero() -> None:
    rows = np.zeros((2, 64), dtype=np.float32)
    assert not gguf.quants.dequantize(quantize_rows(rows, Q4_0), Q4_0).any()


def test_a_heavier_weight_draws_the_scale_to_its_number() -> None:
    block = np.random.default_rng(2).standard_normal((1, 32)).astype(np.float32)
    errors = []
    for heavy in (1.0, 1000.0):
        weights = np.ones((1, 32), dtype=np.float32)
        weights[0, 5] = heavy
        scales = best_scales(block, weights)
        errors.append(abs(nearest_integers(block, scales) * scales - block)[0, 5])
    assert errors[1] < errors[0]
