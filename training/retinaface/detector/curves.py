"""Loss and precision curves as pictures: python -m retinaface.detector.curves NAME…

Reads RUNS/NAME/log.ndjson and precision.ndjson, writes training/figures/NAME-loss.svg and
NAME-precision.svg.
"""

import argparse
import json

import matplotlib

from .paths import FIGURES, RUNS

matplotlib.use("svg")
from matplotlib import pyplot as plt  # noqa: E402

# mnet025 at long side 640 in the same code.
REFERENCE = {"easy": 0.9133, "medium": 0.8384, "hard": 0.4347}
COLOURS = {"easy": "#1b7f5c", "medium": "#2f6fb5", "hard": "#b5532f"}
LOSSES = {
    "score": "L_cls",
    "box": "L_box",
    "points": "L_pts",
    "teacher_score": "scores, distilled",
    "teacher_box": "boxes, distilled",
    "teacher_points": "landmarks, distilled",
    "mesh": "vertices",
    "pixel": "L_pixel",
}


def read_rows(name: str, file: str) -> dict[int, dict]:
    """By step; a run that was set back overwrites what it had written."""
    rows = [json.loads(line) for line in (RUNS / name / file).read_text().splitlines()]
    return {row["step"]: row for row in rows}


def smooth(values: list[float], share: float = 0.15) -> list[float]:
    smoothed, now = [], values[0]
    for value in values:
        now += share * (value - now)
        smoothed.append(now)
    return smoothed


def draw_losses(name: str) -> None:
    rows = list(read_rows(name, "log.ndjson").values())
    figure, axes = plt.subplots(figsize=(7, 3.6))
    for key, label in LOSSES.items():
        found = [(r["step"], r[key]) for r in rows if key in r]
        if found:
            steps, values = zip(*found)
            axes.plot(steps, smooth(list(values)), label=label, linewidth=1.4)
    axes.set(xlabel="step", ylabel="loss before its weight", yscale="log")
    finish(figure, axes, f"{name}-loss.svg")


def draw_precision(name: str) -> None:
    rows = sorted(read_rows(name, "precision.ndjson").values(), key=lambda r: r["step"])
    figure, axes = plt.subplots(figsize=(7, 3.6))
    steps = [r["step"] for r in rows]
    for part, colour in COLOURS.items():
        axes.plot(steps, [r[part] for r in rows], "o-", color=colour, label=part, markersize=3.5)
        axes.axhline(REFERENCE[part], color=colour, linestyle=":", linewidth=1)
    axes.set(xlabel="step", ylabel="average precision (dotted: mnet025)", ylim=(0, 1))
    finish(figure, axes, f"{name}-precision.svg")


def finish(figure, axes, file: str) -> None:
    axes.grid(alpha=0.25)
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False, fontsize=8)
    figure.tight_layout()
    FIGURES.mkdir(parents=True, exist_ok=True)
    figure.savefig(FIGURES / file, metadata={"Date": None})
    plt.close(figure)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="+")
    for each in parser.parse_args().names:
        draw_losses(each)
        if (RUNS / each / "precision.ndjson").exists():
            draw_precision(each)
