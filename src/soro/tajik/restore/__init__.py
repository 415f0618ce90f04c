"""Puts ғ ӣ қ ӯ ҳ ҷ back into Tajik typed on a Russian keyboard."""

from soro.tajik.restore.choose import RULES
from soro.tajik.restore.text import Change, Restored, restore, restore_lines

__all__ = ["RULES", "Change", "Restored", "restore", "restore_lines"]
