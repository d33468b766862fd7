"""Samples of the dense head with what they should give."""

from dataclasses import dataclass

import numpy as np
import torch

from ..common.labels import believed
from ..common.networks import Network
from ..common.paths import WORK
from ..common.registration import align, label_points
from ..common.topology import COARSE, Topology
from .face_grid import face_frames, geometry, into_frame
from .stages import columns_of_stage, stage_folder


@dataclass
class HeadData:
    inputs: dict[str, torch.Tensor]
    offset: torch.Tensor  # [n, 2] anchor centre to face centre, face's frame and size
    turn: torch.Tensor  # [n, 2]
    size_ratio: torch.Tensor  # [n] face size / anchor size
    face: np.ndarray  # [n] row of the labels
    image_to_crop: torch.Tensor  # [n, 2, 3] face's frame to crop pixels / 64 (training sets)
    target: torch.Tensor  # [labels, 468, 3] teacher's points, image pixels of the view's scale 1
    to_face: torch.Tensor  # [n, 2, 3] image pixels (after mirroring) to the face's frame
    mirrored: torch.Tensor  # [n]
    norm: torch.Tensor  # [n] face size / sqrt(w·h) of the labelled box, both in the view
    height: np.ndarray  # [n] box height in the view
    confidence: np.ndarray  # [n] the teacher's
    score: np.ndarray

    def __len__(self) -> int:
        return len(self.face)


def read_samples(network: Network, stage: int, name: str, seeds) -> dict[str, np.ndarray]:
    folders = [stage_folder(network, stage) / f"{name}-{seed}" for seed in seeds]
    columns = ["face", "kept", "kind", "score", "box", "landmarks", "centre", "size", "view"]
    columns += columns_of_stage(network, stage)
    return {c: np.concatenate([np.load(f / f"{c}.npy") for f in folders]) for c in columns}


def load_head_data(
    network: Network, stage: int, name: str, topology: Topology, seeds=(0,), keep=0.3, plain=False
) -> HeadData:
    """Samples of labels less sure than `keep` are left out. `plain` targets are the teacher's own
    points (evaluation), else the mean over the mirrored crop."""
    labels = believed(name)
    rows = read_samples(network, stage, name, seeds)
    sure = 1 / (1 + np.exp(-labels["logit"]))
    chosen = sure[rows["face"]] >= keep
    rows = {k: v[chosen] for k, v in rows.items()}
    points = labels["points"][:, :COARSE] if plain else label_points(labels, topology)
    face, view = rows["face"], rows["view"]
    box, landmarks = rows["box"].astype(np.float64), rows["landmarks"].astype(np.float64)
    centre, size, turn = face_frames(box, landmarks)
    c, s = turn.T / size
    linear = np.stack([np.stack([c, s], 1), np.stack([-s, c], 1)], 1)  # view to face
    to_face = linear @ view
    to_face[:, :, 2] -= np.einsum("nij,nj->ni", linear, centre)
    area = np.linalg.det(view[:, :, :2])
    labelled = labels["box"][face]
    spread = (labelled[:, 2:] - labelled[:, :2]) * np.sqrt(np.abs(area))[:, None]
    offset = into_frame((centre - rows["centre"])[:, None], turn)[:, 0] / size[:, None]
    place = (rows["score"], rows["centre"], rows["size"], rows["kind"], len(network.kinds))
    return HeadData(
        inputs={
            "geometry": torch.from_numpy(geometry(box, landmarks, *place)),
            **{n: torch.from_numpy(rows.pop(n)) for n in columns_of_stage(network, stage)},
        },
        offset=torch.from_numpy(offset).float(),
        turn=torch.from_numpy(turn).float(),
        size_ratio=torch.from_numpy(size / rows["size"]).float(),
        face=face,
        image_to_crop=crop_maps(name, face, to_face),
        target=torch.from_numpy(points.astype(np.float32)),
        to_face=torch.from_numpy(to_face).float(),
        mirrored=torch.from_numpy(area < 0),
        norm=torch.from_numpy(size / np.sqrt(spread.prod(1))).float(),
        height=spread[:, 1],
        confidence=sure[face],
        score=rows["score"],
    )


def crop_maps(name: str, face: np.ndarray, to_face: np.ndarray) -> torch.Tensor:
    """Face's frame to grid_sample coordinates (−1..1) of the face's crop."""
    path = WORK / "crops" / f"{name}.npz"
    if not path.exists():
        return torch.zeros(len(face), 2, 3)
    transform = np.load(path)["transform"][face].astype(np.float64)
    inverse = np.linalg.inv(to_face[:, :, :2])
    back = -np.einsum("nij,nj->ni", inverse, to_face[:, :, 2])
    factor = transform[:, 2] / 32
    linear = inverse * factor[:, None, None]
    place = (back - transform[:, :2]) * factor[:, None] - 1
    return torch.from_numpy(np.concatenate([linear, place[..., None]], 2)).float()


def face_targets(data: HeadData, rows: torch.Tensor, mirror: torch.Tensor, vertices: torch.Tensor):
    """Teacher's points [b, v, 3] of the samples in the face's frame, mean depth 0."""
    points = data.target[torch.from_numpy(data.face[rows.numpy()])]
    swapped = torch.where(data.mirrored[rows, None, None], points[:, mirror], points)
    picked = swapped[:, vertices]
    m = data.to_face[rows]
    xy = picked[..., :2] @ m[:, :, :2].transpose(1, 2) + m[:, None, :, 2]
    scale = m[:, :, :2].det().abs().sqrt()[:, None]
    z = (picked[..., 2] - picked[..., 2].mean(1, keepdim=True)) * scale
    return torch.cat([xy, z[..., None]], 2)


def join(parts: list[HeadData]) -> HeadData:
    """Several sets as one; label rows are shifted accordingly."""
    start = np.cumsum([0] + [len(p.target) for p in parts])
    # Taken out of the parts one by one: together they are most of the memory.
    inputs = {k: torch.cat([p.inputs.pop(k) for p in parts]) for k in list(parts[0].inputs)}
    joined = {"inputs": inputs}
    for field in list(HeadData.__dataclass_fields__)[1:]:
        values = [getattr(p, field) for p in parts]
        if field == "face":
            values = [v + s for v, s in zip(values, start)]
        joined[field] = (np.concatenate if isinstance(values[0], np.ndarray) else torch.cat)(values)
    return HeadData(**joined)


def label_rotations(name: str, topology: Topology) -> np.ndarray:
    """[labels, 3, 3] canonical to camera axes of the picture."""
    points = label_points(believed(name), topology)
    return align(points, topology.positions[3])[1]
