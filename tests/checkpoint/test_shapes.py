import pytest

from soro.checkpoint.shapes import GEMMA_3

# The numbers of weights that the publishers state for the text models with 262,144 rows; 270m: that of the opened checkpoint.
PUBLISHED = {"270m": 268_098_176, "1b": 999_885_952, "4b": 3_880_099_328, "12b": 11_765_788_416, "27b": 27_009_002_240}


@pytest.mark.parametrize("shape", GEMMA_3, ids=lambda shape: shape.name)
def test_weights_are_as_many_as_published(shape) -> None:
    assert shape.num_weights(262_144) == PUBLISHED[shape.name]
    assert shape.num_weights(65_536) == PUBLISHED[shape.name] - (262_144 - 65_536) * shape.width
