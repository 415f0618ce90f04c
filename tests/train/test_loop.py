from pathlib import Path

import pytest
import torch
from torch.nn import functional

from soro.checkpoint.folder import load_model
from soro.train.loop import IGNORED, Batch, summed_loss


def test_the_loss_is_plain_cross_entropy_over_the_labels_that_count(tiny_model: Path) -> None:
    model = load_model(tiny_model)
    ids_BT = torch.randint(5, 500, (3, 12), generator=torch.Generator().manual_seed(0))
    labels_BT = ids_BT.clone()
    labels_BT[0, :7], labels_BT[1, 3:6], labels_BT[2] = IGNORED, IGNORED, IGNORED
    flat = model(ids_BT).logits.detach()[:, :-1].reshape(-1, model.config.vocab_size)
    expected = functional.cross_entropy(flat, labels_BT[:, 1:].reshape(-1), ignore_index=IGNORED, reduction="sum")
    found = summed_loss(model, Batch(ids_BT=ids_BT, labels_BT=labels_BT), "float32").detach()
    assert float(found) == pytest.approx(float(expected), rel=1e-5)
    nothing = Batch(ids_BT=ids_BT[2:], labels_BT=labels_BT[2:])
    assert float(summed_loss(model, nothing, "float32").detach()) == 0.0
