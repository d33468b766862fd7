"""The frozen detector: every anchor's score, box and landmarks, its input and inner tensors on request.

Coordinates are those of the network's input, as docs/coordinate-frames.md has them.
"""

from dataclasses import dataclass

import numpy as np
import onnx
import onnxruntime as ort

from .networks import INPUT, Network


@dataclass
class Anchors:
    """All anchors above the threshold; one row each."""

    score: np.ndarray  # [n]
    box: np.ndarray  # [n, 4] x1 y1 x2 y2
    landmarks: np.ndarray  # [n, 5, 2]
    stride: np.ndarray  # [n]
    index: np.ndarray  # [n] anchor of its cell
    centre: np.ndarray  # [n, 2]
    size: np.ndarray  # [n]

    def take(self, rows: np.ndarray) -> "Anchors":
        return Anchors(*(getattr(self, f)[rows] for f in self.__dataclass_fields__))

    def __len__(self) -> int:
        return len(self.score)


class Detector:
    def __init__(
        self, network: Network, extra_outputs: tuple[str, ...] = (), threads: int = 1
    ):
        self.network = network
        model = onnx.load(network.file())
        shape = model.graph.input[0].type.tensor_type.shape
        shape.dim[2].dim_param, shape.dim[3].dim_param = "h", "w"
        self.extra = [name for name in extra_outputs if name != INPUT]
        known = {output.name for output in model.graph.output}
        for name in self.extra:
            if name not in known:
                model.graph.output.append(onnx.ValueInfoProto(name=name))
        options = ort.SessionOptions()
        options.intra_op_num_threads = threads
        options.log_severity_level = 3
        self.session = ort.InferenceSession(model.SerializeToString(), options)
        self.heads = [part.format(s) for s in network.levels for part in network.heads]

    def run(self, rgb: np.ndarray, threshold: float) -> tuple[Anchors, dict[str, np.ndarray]]:
        multiple = self.network.multiple
        height, width = (-(-n // multiple) * multiple for n in rgb.shape[:2])
        data = np.zeros((1, 3, height, width), np.float32)
        data[0, :, : rgb.shape[0], : rgb.shape[1]] = rgb.transpose(2, 0, 1)
        out = self.session.run(self.heads + self.extra, {INPUT: data})
        parts = len(self.network.heads)
        levels = [
            decode_level(self.network, s, *maps_of(out[parts * i : parts * (i + 1)]), threshold)
            for i, s in enumerate(self.network.levels)
        ]
        anchors = Anchors(
            *(np.concatenate([getattr(v, f) for v in levels]) for f in Anchors.__dataclass_fields__)
        )
        inner = {n: t[0] for n, t in zip(self.extra, out[len(self.heads) :])}
        if parts == 1:
            inner |= {n: t[0].transpose(2, 0, 1) for n, t in zip(self.heads, out)}
        return anchors, inner | {INPUT: data[0]}


def maps_of(heads: list[np.ndarray]) -> list[np.ndarray]:
    """Probabilities, boxes and landmarks of a level, each [1, channels, rows, columns]."""
    if len(heads) == 3:
        return heads
    cells = heads[0].transpose(0, 3, 1, 2)
    anchors = cells.shape[1] // 15
    face = 1 / (1 + np.exp(-cells[:, :anchors]))
    return [np.concatenate([1 - face, face], 1), *np.split(cells[:, anchors:], [4 * anchors], 1)]


def decode_level(network, stride, probability, boxes, landmarks, threshold: float) -> Anchors:
    sizes = network.levels[stride]
    face = probability[0, len(sizes) :]
    index, row, column = np.nonzero(face > threshold)
    n = len(index)
    size = np.array(sizes, np.float32)[index]
    centre = network.first_centre + stride * np.stack([column, row], 1).astype(np.float32)
    delta = boxes[0].reshape(-1, 4, *boxes.shape[2:])[index, :, row, column]
    points = landmarks[0].reshape(-1, 10, *landmarks.shape[2:])[index, :, row, column]
    middle = centre + delta[:, :2] * size[:, None]
    half = (np.exp(delta[:, 2:]) * size[:, None] - network.inclusive) / 2
    return Anchors(
        score=face[index, row, column],
        box=np.concatenate([middle - half, middle + half], 1),
        landmarks=centre[:, None] + network.landmark_std * points.reshape(n, 5, 2) * size[:, None, None],
        stride=np.full(n, stride),
        index=index,
        centre=centre,
        size=size,
    )


def overlaps(box: np.ndarray, others: np.ndarray, inclusive: int = 1) -> np.ndarray:
    """Intersection over union of one box and many; `inclusive` is 1 where boxes count pixels."""
    low = np.maximum(box[:2], others[:, :2])
    high = np.minimum(box[2:], others[:, 2:])
    inner = np.prod(np.maximum(high - low + inclusive, 0), 1)
    area = np.prod(others[:, 2:] - others[:, :2] + inclusive, 1)
    return inner / (np.prod(box[2:] - box[:2] + inclusive) + area - inner)


def non_maximum_suppression(
    anchors: Anchors, threshold: float = 0.4, inclusive: int = 1
) -> np.ndarray:
    """Rows that are kept, best score first."""
    order = np.argsort(-anchors.score, kind="stable")
    kept = []
    while len(order):
        best, order = order[0], order[1:]
        kept.append(best)
        order = order[overlaps(anchors.box[best], anchors.box[order], inclusive) <= threshold]
    return np.array(kept, int)
