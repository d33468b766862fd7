"""The shipped mnet025 as a second source of what each anchor should say."""

import numpy as np
import onnx
import onnxruntime as ort
import torch
from torch.nn import functional as F

from ..common.networks import INPUT
from ..common.paths import detector_file
from .anchors import LANDMARK_STD, LEVELS, anchor_grid
from .losses import BOX_SCALE, smooth_l1
from .network import Prediction

INDEX_SHIFT = 0.5  # pixels from mnet025's anchor centres (7.5) to those of `anchor_grid` (8)
BELIEVED = 0.3  # least teacher score of an anchor whose box and landmarks are copied


class Teacher:
    def __init__(self, inner: tuple[str, ...] = (), threads: int = 1):
        """`inner` are tensors of mnet025 that are wanted too."""
        model = onnx.load(detector_file())
        shape = model.graph.input[0].type.tensor_type.shape
        for i, name in ((0, "batch"), (2, "height"), (3, "width")):
            shape.dim[i].dim_param = name
        model.graph.output.extend(onnx.ValueInfoProto(name=name) for name in inner)
        options = ort.SessionOptions()
        options.intra_op_num_threads = threads
        options.log_severity_level = 3
        self.session = ort.InferenceSession(model.SerializeToString(), options)
        heads = ("cls_prob_reshape", "bbox_pred", "landmark_pred")
        self.names = [f"face_rpn_{part}_stride{s}" for s, _ in LEVELS for part in heads]
        self.inner = list(inner)

    def __call__(self, pixels: np.ndarray) -> dict[str, np.ndarray]:
        """Score [b, n], box [b, n, 4] and points [b, n, 10] of u8 pictures [b, side, side, 3]."""
        data = pixels.transpose(0, 3, 1, 2).astype(np.float32)
        out = self.session.run(self.names + self.inner, {INPUT: data})
        inner = dict(zip(self.inner, out[len(self.names) :]))
        out = out[: len(self.names)]
        scores = [rows_of(p[:, 2:4], 1)[..., 0] for p in out[0::3]]
        boxes, points = ([rows_of(t, k) for t in out[i::3]] for i, k in ((1, 4), (2, 10)))
        box, points = np.concatenate(boxes, 1), np.concatenate(points, 1)
        size = anchor_grid(*pixels.shape[1:3])[:, 2:]
        return {
            "score": np.concatenate(scores, 1),
            "box": to_edges(box, size),
            "points": points - INDEX_SHIFT / (LANDMARK_STD * size),
            **inner,
        }


def to_edges(box: np.ndarray, size: np.ndarray) -> np.ndarray:
    """mnet025 counts pixels, inclusively, and learned the annotations as if they did so too."""
    extent = np.log(np.maximum(np.exp(box[..., 2:]) - 1 / size, 1 / size))
    return np.concatenate([box[..., :2] - INDEX_SHIFT / size, extent], 2)


def rows_of(x: np.ndarray, k: int) -> np.ndarray:
    return x.transpose(0, 2, 3, 1).reshape(len(x), -1, k)


def distillation_loss(found: Prediction, batch: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """Scores on every anchor, weighed by how far they are off (quality focal loss, power 1: a power
    of 2 leaves background at 0.05); boxes and landmarks where the teacher sees a face."""
    score = batch["teacher_score"]
    apart = (score - found.logit.sigmoid()).abs()
    entropy = F.binary_cross_entropy_with_logits(found.logit, score, reduction="none")
    # An annotated face that the teacher misses is still a face.
    missed = (batch["label"] == 1) & (score < 0.5)
    weight = torch.where(score >= BELIEVED, score, 0)
    total = weight.sum().clamp(min=1)
    box = smooth_l1((found.box - batch["teacher_box"]) * BOX_SCALE.to(score.device)).sum(2)
    points = smooth_l1(found.points - batch["teacher_points"]).sum(2)
    return {
        "teacher_score": (apart.detach() * entropy * ~missed).sum() / total,
        "teacher_box": (box * weight).sum() / total,
        "teacher_points": (points * weight).sum() / total,
    }
