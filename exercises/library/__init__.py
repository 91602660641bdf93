"""The exercises that come with the site: a folder for each topic, and in it one for each exercise."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent


def exercise_folders() -> list[Path]:
    """The folder of every exercise, by topic and name."""
    return sorted(path.parent for path in FOLDER.glob("*/*/exercise.toml"))
