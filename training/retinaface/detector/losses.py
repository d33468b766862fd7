"""The paper's losses of scores, boxes and landmarks at the matched anchors."""

import torch
from torch.nn import functional as F

from .anchors import FACE, IGNORED
from .network import Prediction

NEGATIVES = 3  # a positive anchor
LEAST_NEGATIVES = 8  # a picture, when it has no face
# Boxes are compared in these units: a tenth of the anchor in place, a fifth in the logarithm of size.
BOX_SCALE = torch.tensor([10.0, 10.0, 5.0, 5.0])
# A box that overlaps its face by less is no finding at all, one that overlaps it by more a sure one.
# Half-way lies the overlap that WIDER FACE asks for.
LEAST_OVERLAP, SURE_OVERLAP = 0.3, 0.7


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


def overlap(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """Intersection over union of box predictions [n, 4] of the same anchors."""
    low = torch.maximum(a[:, :2] - a[:, 2:].exp() / 2, b[:, :2] - b[:, 2:].exp() / 2)
    high = torch.minimum(a[:, :2] + a[:, 2:].exp() / 2, b[:, :2] + b[:, 2:].exp() / 2)
    inner = (high - low).clamp(min=0).prod(1)
    return inner / (a[:, 2:].exp().prod(1) + b[:, 2:].exp().prod(1) - inner)


def detection_loss(
    found: Prediction, batch: dict[str, torch.Tensor], quality: bool
) -> dict[str, torch.Tensor]:
    """L_cls, L_box and L_pts, each a mean over positive anchors.

    The softmax over face and background is a sigmoid of the difference of their logits. With
    `quality` a positive anchor's score is to say how well its own box fits (the quality focal
    loss of arXiv 2006.04388, without its focus), and less where the anchor hardly reaches the face.
    """
    label = batch["label"]
    positive = label == FACE
    target = positive.float()
    if quality:
        fit = overlap(found.box[positive].detach(), batch["box"][positive])
        sure = ((fit - LEAST_OVERLAP) / (SURE_OVERLAP - LEAST_OVERLAP)).clamp(0, 1)
        target[positive] = sure * batch["reach"][positive]
    entropy = F.binary_cross_entropy_with_logits(found.logit, target, reduction="none")
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
