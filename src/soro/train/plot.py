"""The loss curve of a run as one picture."""

from pathlib import Path

from soro.core.errors import missing_extra
from soro.core.files import read_jsonl


def plot_metrics(metrics: Path, picture: Path) -> None:
    """Draw loss and bits per character by step out of a `metrics.jsonl` into a PNG."""
    try:
        import matplotlib
    except ImportError as error:
        raise missing_extra("matplotlib", "train") from error
    matplotlib.use("Agg")
    from matplotlib import pyplot

    rows = [row for _, row in read_jsonl(metrics)]
    figure, axes = pyplot.subplots(figsize=(8, 4.5))
    steps = [row for row in rows if "loss" in row]
    axes.plot(
        [r["step"] for r in steps], [r["loss"] for r in steps], color="#9ecae1", label="training loss (nats a token)"
    )
    names = sorted({key for row in rows for key in row if key.startswith("bpc_")})
    for name in names:
        points = [row for row in rows if name in row]
        text = f"held-out bits per character, {name.removeprefix('bpc_')}"
        axes.plot([r["step"] for r in points], [r[name] for r in points], marker="o", label=text)
    axes.set_xlabel("step")
    axes.grid(alpha=0.3)
    axes.legend()
    figure.tight_layout()
    figure.savefig(picture, dpi=110, metadata={"Software": None})
    pyplot.close(figure)
