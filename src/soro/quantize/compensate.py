"""Q4_0 with error compensation: what rounding a column loses is made good in the columns that follow (GPTQ).

Source: Frantar et al. 2022, arXiv 2210.17323, here with Q4_0's own blocks of 32 columns and its float16 scales, so that
the file is an ordinary Q4_0. Shapes: R rows of a matrix (outputs), C columns (inputs), B batch, T time.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import torch
from torch import nn

from soro.checkpoint.folder import load_model
from soro.quantize.blocks import BLOCK, ByteArray, best_scales, nearest_integers, pack_q4_0
from soro.quantize.weights import FloatArray

DAMPING = 0.01  # of the mean of the diagonal; the paper's value
BATCH_SIZE = 8
MAX_HESSIAN_BYTES = 4e9  # further layers wait for another pass over the calibration rows


def compensated_weights(model: Path, rows: torch.Tensor) -> dict[str, ByteArray]:
    """Bytes in Q4_0 of every matrix of the transformer blocks of the folder `model`, by tensor name.

    `rows`, token ids (rows, T), are what the inputs of the matrices are taken from. The embedding is not among them.
    """
    loaded = load_model(model)
    matrices = {
        f"{name}.weight": m for name, m in loaded.named_modules() if isinstance(m, nn.Linear) and ".layers." in name
    }
    packed = {}
    for members in groups_by_memory(matrices):
        hessians = input_hessians(lambda ids: loaded.model(ids), members, rows)
        for name, matrix in members.items():
            packed[name] = compensate(matrix.weight.detach().float().numpy(), hessians.pop(name).numpy())
    return packed


def groups_by_memory(matrices: dict[str, nn.Linear]) -> Iterator[dict[str, nn.Linear]]:
    """The matrices in groups whose Hessians fit into memory together."""
    group: dict[str, nn.Linear] = {}
    num_bytes = 0
    for name, matrix in matrices.items():
        size = 4 * matrix.in_features**2
        if group and num_bytes + size > MAX_HESSIAN_BYTES:
            yield group
            group, num_bytes = {}, 0
        group[name] = matrix
        num_bytes += size
    if group:
        yield group


def input_hessians(
    forward: Callable[[torch.Tensor], object], matrices: dict[str, nn.Linear], rows: torch.Tensor
) -> dict[str, torch.Tensor]:
    """X^T X / n of the inputs X (n, C) that each matrix sees while `forward` reads the rows."""
    hessians = {name: torch.zeros(m.in_features, m.in_features) for name, m in matrices.items()}

    def add_to(name: str) -> Callable[[nn.Module, tuple[torch.Tensor, ...]], None]:
        def hook(_: nn.Module, inputs: tuple[torch.Tensor, ...]) -> None:
            x_NC = inputs[0].detach().float().flatten(0, -2)
            hessians[name].addmm_(x_NC.T, x_NC, alpha=1 / rows.numel())

        return hook

    hooks = [matrix.register_forward_pre_hook(add_to(name)) for name, matrix in matrices.items()]
    with torch.no_grad():
        for ids_BT in rows.split(BATCH_SIZE):
            forward(ids_BT)
    for handle in hooks:
        handle.remove()
    return hessians


def compensate(weight_RC: FloatArray, hessian_CC: FloatArray) -> ByteArray:
    """Bytes of `weight_RC` in Q4_0 that keep its products with such inputs as made `hessian_CC`."""
    upper_CC = inverse_factor(hessian_CC)
    num_rows, num_columns = weight_RC.shape
    weight_RC = weight_RC.copy()
    packed = []
    for start in range(0, num_columns, BLOCK):
        end = start + BLOCK
        block = weight_RC[:, start:end]
        factor = upper_CC[start:end, start:end]
        scales = best_scales(block, (1 / np.diag(factor)[None, :] ** 2).astype(np.float32))
        q, errors = np.empty_like(block), np.empty_like(block)
        for i in range(BLOCK):
            q[:, i] = nearest_integers(block[:, i : i + 1], scales)[:, 0]
            errors[:, i] = (block[:, i] - q[:, i] * scales[:, 0].astype(np.float32)) / factor[i, i]
            block[:, i:] -= errors[:, i : i + 1] * factor[i : i + 1, i:]
        weight_RC[:, end:] -= errors @ upper_CC[start:end, end:]
        packed.append(pack_q4_0(scales, q))
    return np.stack(packed, axis=1).reshape(num_rows, -1)


def inverse_factor(hessian_CC: FloatArray) -> FloatArray:
    """Upper Cholesky factor of the inverse of the damped Hessian, as in the paper's equation 7."""
    wide = torch.from_numpy(hessian_CC).double()
    damping = DAMPING * float(wide.diagonal().mean()) or 1.0
    wide.diagonal().add_(damping)
    inverse = torch.cholesky_inverse(torch.linalg.cholesky(wide))
    return torch.linalg.cholesky(inverse, upper=True).float().numpy()
