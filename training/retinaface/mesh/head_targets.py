"""What is known of each labelled face besides the teacher's points."""

import numpy as np
import torch

from ..common.labels import believed
from ..common.paths import WORK
from ..common.topology import Topology
from .head_data import label_rotations
from .statistics import Components, load_faces, mirrored


class LabelTargets:
    """Rotation, latents and small picture of every labelled face of several sets."""

    def __init__(self, names: list[str], topology: Topology, components: Components):
        faces = load_faces(topology)
        boxes = np.load(WORK / "appearance.npz")["box"]
        where = {(n, tuple(b)): i for i, (n, b) in enumerate(zip(faces.name, boxes))}
        rows = []
        for name in names:
            labels = believed(name)
            keys = zip(labels["image"], labels["box"])
            rows += [where.get((n, tuple(b)), -1) for n, b in keys]
        rows = np.array(rows)
        rows[faces.held_out[rows] & (rows >= 0)] = -1
        self.has_shape = torch.from_numpy(rows >= 0)
        self.has_colour = torch.from_numpy((rows >= 0) & faces.has_colour[rows])
        latents = [components.encode(v) for v in (faces.values, mirrored(faces.values, topology.mirror))]
        self.latents = torch.from_numpy(np.stack(latents)[:, rows])  # [2, labels, 128]
        variance = components.colour_scale.astype(np.float32) ** 2
        self.colour_share = torch.from_numpy(variance / variance.sum())  # [96]
        rotations = np.concatenate([label_rotations(n, topology) for n in names])
        self.rotations = torch.from_numpy(rotations.astype(np.float32))
        pixels = [np.load(WORK / "crops" / f"{n}.npz")["pixels"] for n in names]
        self.pixels = torch.from_numpy(np.concatenate(pixels))  # [labels, 64, 64, 3] u8

    def rotation_in_face_frame(self, face, flip, to_face) -> torch.Tensor:
        """[b, 3, 3]: of the picture, mirrored where `flip`, in the axes of the face's frame."""
        rotation = self.rotations[face]
        swap = torch.tensor([-1.0, 1.0, 1.0])
        rotation = torch.where(flip[:, None, None], swap[:, None] * rotation * swap, rotation)
        # The second row of the map is size-free of mirroring: (−s, c) in pixels, y down.
        s, c = torch.nn.functional.normalize(to_face[:, 1, :2], dim=1).unbind(1)
        s = torch.where(flip, s, -s)
        o = torch.zeros_like(c)
        back = torch.stack([c, -s, o, s, c, o, o, o, o + 1], 1).view(-1, 3, 3)
        return back @ rotation

    def latent(self, face, flip) -> torch.Tensor:
        return self.latents[flip.long(), face]
