"""The mean of a model before and after tuning.

Tuning makes a model surer of its dialogues than running text allows; a mean with the weights it started from keeps most of
what it gained and gives back most of what it lost. Source: Wortsman et al. 2022, arXiv 2109.01903 (WiSE-FT).
"""

import torch


def copy_weights(model: torch.nn.Module) -> dict[str, torch.Tensor]:
    return {name: tensor.detach().clone() for name, tensor in model.state_dict().items()}


def average_with(model: torch.nn.Module, start: dict[str, torch.Tensor], start_weight: float) -> None:
    """Set the weights of `model` to `start_weight` times `start` and the rest times its own."""
    trained = model.state_dict()
    model.load_state_dict({name: torch.lerp(trained[name], start[name], start_weight) for name in trained})
