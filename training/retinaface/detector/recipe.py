"""What a training run is made of."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Weights:
    """Of the parts of the loss; 0 leaves a part out.

    The paper has 1, 0.25, 0.1 and 0.01. Short runs need more of the boxes and landmarks: their
    losses fall slowly, and the scores come soon. `mesh` (vertices, in face sizes) is not in the
    paper; its L_pixel is `pixel`.
    """

    score: float = 1.0
    box: float = 1.0
    points: float = 0.25
    mesh: float = 0.0
    pixel: float = 0.0
    teacher_score: float = 2.0
    teacher_box: float = 0.5
    teacher_points: float = 0.15


# The paper's, for its long run: 80 epochs of SGD. There the mesh is learned by pixels alone.
PAPER = Weights(
    box=0.25, points=0.1, pixel=0.01, teacher_score=0, teacher_box=0, teacher_points=0
)


@dataclass(frozen=True)
class Recipe:
    layout: str
    steps: int
    optimiser: str = "adamw"  # or the paper's "sgd"
    rate: float = 3e-3
    decay: float = 0.02
    seed: int = 0
    sides: tuple[int, ...] = (320, 320, 320, 640)  # of a step's crops, in turn
    large: float = 0.35  # share of crops that are made for the picture's largest face
    only: tuple[str, ...] = ()  # parts of the network that are trained; all if none is named
    quality: bool = False  # scores say how well the box fits, not only that there is a face
    weights: Weights = Weights()


# Shares of the run at which the rate has warmed up and falls tenfold (paper: epochs 5, 55, 68 of 80).
WARM, FIRST_FALL, SECOND_FALL = 5 / 80, 55 / 80, 68 / 80


def rate_factor(progress: float) -> float:
    """The rate's factor when this share of the run is done; it warms up from a tenth."""
    if progress < WARM:
        return 0.1 + 0.9 * progress / WARM
    return 1.0 if progress < FIRST_FALL else 0.1 if progress < SECOND_FALL else 0.01
