"""The training checkpoint: everything the next step depends on, written whole or not at all."""

import pickle
from pathlib import Path

import torch

from soro.core.errors import SoroError
from soro.core.files import disk_error, sync_and_rename

CHECKPOINT = "checkpoint.pt"


def save_state(folder: Path, *, step: int, model: torch.nn.Module, optimizer: torch.optim.Optimizer) -> None:
    """Save weights and optimizer after `step` steps."""
    path = folder / CHECKPOINT
    temporary = path.with_suffix(".tmp")
    try:
        torch.save({"step": step, "model": model.state_dict(), "optimizer": optimizer.state_dict()}, temporary)
        sync_and_rename(temporary, path)
    except (OSError, RuntimeError) as error:  # torch reports a full disk as a RuntimeError
        temporary.unlink(missing_ok=True)
        cause = disk_error(error, path) if isinstance(error, OSError) else None
        raise cause or SoroError(
            f"could not write {path}: {error}; is the disk full? The last checkpoint is kept"
        ) from error


def load_state(folder: Path, *, model: torch.nn.Module, optimizer: torch.optim.Optimizer) -> int:
    """Load the checkpoint of a folder, if there is one; returns the number of steps done."""
    path = folder / CHECKPOINT
    path.with_suffix(".tmp").unlink(missing_ok=True)
    if not path.exists():
        return 0
    try:
        state = torch.load(path, map_location="cpu", weights_only=True)
    except (RuntimeError, EOFError, KeyError, ValueError, pickle.UnpicklingError) as error:
        raise SoroError(f"{path} is damaged ({error}); delete it to start this stage again") from error
    model.load_state_dict(state["model"])
    optimizer.load_state_dict(state["optimizer"])
    return int(state["step"])
