"""The dense head against the teacher and against hand-placed points:
python -m retinaface.mesh.evaluate NETWORK [wider-val] [helen] [aflw] [--stage K] [--json]

wider-val: kept faces of at least 24 px that the teacher believes in (sigmoid ≥ 0.6), one scale,
mean distance over 468 points / sqrt(w·h) of the detected box; depth about its mean.
"""

import argparse
import json

import numpy as np
import torch

from ..common.landmarks68 import landmark_errors, pose_errors
from ..common.networks import NETWORKS, Network
from ..common.paths import WORK
from ..common.registration import align
from ..common.topology import COARSE
from .camera import project, project_in_face_frame, rotation_matrix
from .head import parameters, split
from .head_data import face_targets, load_head_data
from .head_loss import vertex_errors
from .patch_landmarks import PatchLandmarks
from .samples import HELD
from .shape_fit import PatchFit
from .stages import PATCHES, Stage, last_stage, load_stage, stage_file
from .train_decoder import load_decoder

SIZES = ((24, 48), (48, 96), (96, 10_000))
YAWS = ((0, 20), (20, 40), (40, 90))


def predict(head, decoder, data, rows: torch.Tensor) -> dict[str, torch.Tensor]:
    """Points in the face's frame two ways (they must agree), and the parameters."""
    found = []
    patch_fit = PatchFit(head, load_decoder()[1]) if isinstance(head, PatchLandmarks) else None
    for part in rows.split(128):
        if patch_fit:
            raw = patch_fit.of(data, part).answer
        else:
            raw = head({k: v[part].float() for k, v in data.inputs.items()})
        offset, turn, ratio = data.offset[part], data.turn[part], data.size_ratio[part]
        latent, p_cam, p_ill = parameters(raw, offset, turn, ratio)
        mesh = decoder(latent)
        points, _ = project_in_face_frame(mesh[:, :COARSE, :3], split(raw)[1], offset)
        anchored = project(mesh[:, :COARSE, :3], p_cam) / ratio[:, None, None]
        c, s = turn[:, None, 0], turn[:, None, 1]
        x, y = anchored[..., 0], anchored[..., 1]
        back = torch.stack([c * x + s * y, c * y - s * x], 2) - offset[:, None]
        found.append(
            {
                "points": points,
                "mesh": mesh,
                "p_cam": p_cam,
                "p_ill": p_ill,
                "latent": latent,
                "disagreement": (back - points[..., :2]).abs().amax((1, 2)),
            }
        )
    return {k: torch.cat([f[k] for f in found]) for k in found[0]}


def summary(e2, e3, mask) -> dict[str, float]:
    return {
        "faces": int(mask.sum()),
        "nme2d": round(100 * float(e2[mask].mean()), 3),
        "median2d": round(100 * float(np.median(e2[mask])), 3),
        "p90": round(100 * float(np.percentile(e2[mask], 90)), 3),
        "nme3d": round(100 * float(e3[mask].mean()), 3),
    }


def evaluate_teacher(head, stage, decoder, topology, name="wider-val", seed="0") -> dict:
    data = load_head_data(head.network, stage, name, topology, (seed,), keep=0.0, plain=True)
    rows = torch.arange(len(data))
    mirror = torch.from_numpy(topology.mirror[:COARSE]).long()
    target = face_targets(data, rows, mirror, torch.arange(COARSE))
    found = predict(head, decoder, data, rows)
    e2, e3 = (e.numpy() for e in vertex_errors(found["points"], target, data.norm))
    tall, sure = data.height >= 24, data.confidence >= 0.6
    rotation = align(data.target.numpy()[data.face], topology.positions[3])[1]
    yaw = np.abs(np.degrees(np.arctan2(rotation[:, 0, 2], rotation[:, 2, 2])))
    table = {"all": summary(e2, e3, tall & sure)}
    for low, high in SIZES:
        table[f"height {low}-{high}"] = summary(
            e2, e3, sure & (data.height >= low) & (data.height < high)
        )
    for low, high in YAWS:
        table[f"yaw {low}-{high}"] = summary(e2, e3, tall & sure & (yaw >= low) & (yaw < high))
    table["whatever the teacher's confidence"] = summary(e2, e3, tall)
    table["largest disagreement of P_cam"] = float(found["disagreement"].max())
    return table


def evaluate(network: Network, sets: list[str], stage: Stage | None = None) -> dict:
    if stage is None:
        stage = PATCHES if stage_file(network, PATCHES).exists() else last_stage(network)
    torch.set_num_threads(1)
    decoder, _, topology = load_decoder()
    head = load_stage(network, stage)
    table = {}
    for name in sets:
        if name == "wider-val":
            table[name] = evaluate_teacher(head, stage, decoder, topology)
        elif name.endswith(HELD):
            known = name.removesuffix(f"-{HELD}")
            table[name] = evaluate_teacher(head, stage, decoder, topology, known, HELD)
        else:
            data = load_head_data(network, stage, name, topology, keep=0.0, plain=True)
            found = predict(head, decoder, data, torch.arange(len(data)))
            table[name] = landmark_errors(name, data, found["points"])
            if name == "aflw":
                rotations = rotation_matrix(found["p_cam"][:, 3:6]).numpy()
                table[name]["pose error in degrees"] = pose_errors(data, rotations)
    return table


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("network", choices=list(NETWORKS))
    parser.add_argument("sets", nargs="*", default=["wider-val", "helen", "aflw"])
    parser.add_argument("--stage", help="default: patches if they were trained, else the last refinement")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    stage = int(given.stage) if given.stage and given.stage.isdigit() else given.stage
    result = evaluate(NETWORKS[given.network], given.sets, stage)
    if given.json:
        (WORK / "evaluation.json").write_text(json.dumps(result, indent=2))
    for name, table in result.items():
        print(name)
        for row, figures in table.items():
            print("  ", row, figures)
