"""The paper's losses of scores, boxes and landmarks at the matched anchors."""

import torch
from torch.nn import functional as F

from .anchors import FACE, IGNORED
from .network import Prediction

NEGATIVES = 3  # a positive anchor
LEAST_NEGATIVES = 8  # a picture, when it has no face
# Boxes are compared in these units: a tenth of the anchor in place, a fifth in the logarithm of size.
BOX_SCALE = torch.tensor([10.0, 10.0, 5.0, 5.0])


def smooth_l1(difference: torch.Tensor) -> torch.Tensor:
    return F.smooth_l1_loss(difference, torch.zeros_like(difference), reduction="none")


def hardest(loss: torch.Tensor, label: torch.Tensor) -> torch.Tensor:
    """Background anchors of the largest loss, three for each positive one of their picture."""
    candidate = (label != FACE) & (label != IGNORED)
    count = (NEGATIVES * (label == FACE).sum(1)).clamp(min=LEAST_NEGATIVES)
    order = loss.detach().masked_fill(~candidate, -1).argsort(1, descending=True)
    places = torch.arange(order.shape[1], device=order.device).expand_as(order)
    rank = torch.empty_like(order).scatter_(1, order, places)
    return candidate & (rank < count[:, None])


def detection_loss(found: Prediction, batch: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """L_cls, L_box and L_pts, each a mean over positive anchors.

    The softmax over face and background is a sigmoid of the difference of their logits.
    """
    label = batch["label"]
    positive = label == FACE
    entropy = F.binary_cross_entropy_with_logits(found.logit, positive.float(), reduction="none")
    chosen = positive | hardest(entropy, label)
    count = positive.sum().clamp(min=1)
    placed = batch["has_points"]
    box = smooth_l1((found.box[positive] - batch["box"][positive]) * BOX_SCALE.to(label.device))
    points = smooth_l1(found.points[placed] - batch["points"][placed])
    return {
        "score": (entropy * chosen).sum() / count,
        "box": box.sum() / count,
        "points": points.sum() / placed.sum().clamp(min=1),
    }
