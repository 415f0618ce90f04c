import torch

from soro.train.average import average_with, copy_weights


def test_the_mean_of_start_and_end() -> None:
    model = torch.nn.Linear(3, 2)
    start = copy_weights(model)
    with torch.no_grad():
        model.weight.add_(1.0)
        model.bias.sub_(2.0)
    average_with(model, start, 0.25)
    torch.testing.assert_close(model.weight, start["weight"] + 0.75)
    torch.testing.assert_close(model.bias, start["bias"] - 1.5)


def test_without_weight_for_the_start_nothing_changes() -> None:
    model = torch.nn.Linear(3, 2)
    before = copy_weights(model)
    average_with(model, {name: tensor + 1 for name, tensor in before.items()}, 0.0)
    assert all(torch.equal(model.state_dict()[name], before[name]) for name in before)
