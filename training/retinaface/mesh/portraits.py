"""The decoder and the branch on held-out portraits: python -m retinaface.mesh.portraits NETWORK

Errors beside those of principal components (fitted on the training portraits alone, as many as
have the decoder's number of parameters, and 128), and a picture: crop, autoencoder, branch with the
model's colours, branch with the photo's. The picture goes to WORK and is never committed.
"""

import argparse
import json

import cv2
import numpy as np
import torch

from ..common.labels import believed, read_rgb
from ..common.networks import NETWORKS, Network
from ..common.paths import IMAGE_FOLDERS, WORK
from ..common.registration import align, label_points, sample_colours
from ..common.topology import vertex_normals
from .camera import project_in_face_frame, rotation_matrix
from .evaluate import predict
from .head import split
from .head_data import load_head_data
from .light import NEUTRAL, shading
from .render import draw_mesh
from .samples import sample_images
from .similarity import ssim
from .statistics import Faces, load_faces, vector_rms
from .train_decoder import load_decoder
from .stages import last_stage, load_stage

SIDE = 220
PEOPLE = 20


def component_errors(train: Faces, held: Faces, counts) -> dict[str, dict[str, float]]:
    """Joint principal components of standardised shape and colour."""
    spread = np.repeat([train.values[..., :3].std(0).mean(), train.values[..., 3:].std(0).mean()], 3)
    x = (train.values / spread).reshape(len(train.values), -1)
    y = (held.values / spread).reshape(len(held.values), -1)
    mean = x.mean(0)
    # The Gram matrix is small: there are fewer portraits than numbers a face.
    length, vectors = np.linalg.eigh((x - mean) @ (x - mean).T)
    axes = (vectors[:, ::-1].T @ (x - mean)) / np.sqrt(np.maximum(length[::-1], 1e-9))[:, None]
    table = {}
    for count in counts:
        back = (y - mean) @ axes[:count].T @ axes[:count] + mean
        d = (back.reshape(held.values.shape) * spread) - held.values
        table[f"PCA-{count}"] = {
            "shape_rms_cm": round(vector_rms(d[..., :3]), 4),
            "colour_rms": round(vector_rms(d[..., 3:]), 4),
        }
    return table


def held_out_errors() -> dict:
    decoder, components, topology = load_decoder()
    faces = load_faces(topology)
    coloured = faces.take(faces.has_colour & faces.portrait)
    train, held = coloured.take(~coloured.held_out), coloured.take(coloured.held_out)
    with torch.no_grad():
        ours = decoder(torch.from_numpy(components.encode(held.values))).numpy() - held.values
    parameters = decoder.parameter_count()
    same = parameters // (topology.vertices * 6)
    return {
        "faces": len(held.values),
        "parameters": parameters,
        "decoder": {
            "shape_rms_cm": round(vector_rms(ours[..., :3]), 4),
            "colour_rms": round(vector_rms(ours[..., 3:]), 4),
        },
        **component_errors(train, held, (same, 128)),
    }


def tile(rgb, to_image, points, colours, faces, background=True) -> np.ndarray:
    """The mesh drawn over the crop; `to_image` [2, 3] takes crop pixels to image pixels."""
    crop = cv2.warpAffine(rgb, to_image, (SIDE, SIDE), flags=cv2.INTER_AREA | cv2.WARP_INVERSE_MAP)
    if points is None:
        return crop
    scale = to_image[0, 0]
    flat = (points[:, :2] - to_image[:, 2]) / scale
    canvas = crop.astype(np.float32) * 0.35 + 160 if background else crop
    return draw_mesh(canvas, np.column_stack([flat, points[:, 2] / scale]), colours * 255, faces)


def compare(crop, renders, to_image, points, faces) -> list[float]:
    """Structural similarity of renders with the crop where the mesh covers it."""
    white = np.full((len(points), 3), 255.0)
    blank = np.zeros((SIDE, SIDE, 3), np.uint8)
    flat = (points[:, :2] - to_image[:, 2]) / to_image[0, 0]
    mask = draw_mesh(blank, np.column_stack([flat, points[:, 2]]), white, faces)[..., 0] > 0
    return [ssim(crop, r, mask) for r in renders]


def picture(network: Network, names: list[str]) -> tuple[np.ndarray, dict]:
    decoder, components, topology = load_decoder()
    head, faces = load_stage(network, last_stage(network)), load_faces(topology)
    sample_images(network, last_stage(network), "portraits", names, "portraits-shown")
    data = load_head_data(
        network, last_stage(network), "portraits", topology, ("shown",), keep=0.0, plain=True
    )
    shown = np.array([np.nonzero(data.face == f)[0][0] for f in np.unique(data.face)])
    found = predict(head, decoder, data, torch.from_numpy(shown))
    labels, triangles = believed("portraits"), topology.faces[-1]
    camera = split(head({k: v[shown].float() for k, v in data.inputs.items()}))[1]
    mesh = found["mesh"]
    points, _ = project_in_face_frame(mesh[..., :3], camera, data.offset[shown])
    rotations = rotation_matrix(found["p_cam"][:, 3:6])
    lit = (mesh[..., 3:] * lit_by(found["p_ill"], mesh, rotations, triangles)).numpy()
    rows, likeness, colour_errors = [], [], []
    for i, name in enumerate(labels["image"][data.face[shown]]):
        at = np.nonzero((faces.name == name) & faces.portrait)[0]
        if not len(at):
            continue
        rgb = read_rgb(IMAGE_FOLDERS["portraits"] / name)
        box = labels["box"][data.face[shown[i]]]
        side = 1.25 * (box[2:] - box[:2]).max()
        corner, scale = (box[:2] + box[2:]) / 2 - side / 2, side / SIDE
        to_image = np.array([[scale, 0, corner[0]], [0, scale, corner[1]]])
        m = data.to_face[shown[i]].double().numpy()
        back = np.linalg.inv(m[:, :2])
        flat = (points[i, :, :2].double().numpy() - m[:, 2]) @ back.T
        placed = np.column_stack([flat, points[i, :, 2].numpy() * np.sqrt(np.linalg.det(back))])
        latent = torch.from_numpy(components.encode(faces.values[at[:1]]))
        rotation, origin, pixels = own_alignment(labels, topology, name)
        coded = decoder(latent)
        turn = torch.from_numpy(rotation[None]).float()
        coded_lit = (coded[..., 3:] * lit_by(NEUTRAL[None], coded, turn, triangles))[0].numpy()
        coded_place = coded[0, :, :3].numpy() @ rotation.T * pixels + origin
        photo = sample_colours(rgb, placed[:, :2], 1 / scale)
        coded_place = coded_place * np.array([1, -1, -1])
        crop = tile(rgb, to_image, None, None, None)
        renders = [
            tile(rgb, to_image, coded_place, coded_lit, triangles),
            tile(rgb, to_image, placed, lit[i], triangles),
            tile(rgb, to_image, placed, photo, triangles),
        ]
        rows.append(np.hstack([crop, *renders]))
        likeness.append(compare(crop, renders, to_image, placed, triangles))
        colour_errors.append(np.sqrt(((lit[i] - photo) ** 2).sum(1).mean()))
    mean = np.mean(likeness, 0).round(3).tolist()
    figures = {
        "people": len(rows),
        "ssim, autoencoder": mean[0],
        "ssim, branch with model colours": mean[1],
        "ssim, branch with photo colours": mean[2],
        "branch's lit colours against the photo, rms": round(float(np.mean(colour_errors)), 4),
    }
    return np.vstack([np.hstack(rows[i : i + 2]) for i in range(0, len(rows) - 1, 2)]), figures


def lit_by(p_ill, mesh, rotations, triangles) -> torch.Tensor:
    """Light factors [n, 1833, 3] of decoded meshes turned by rotations [n, 3, 3]."""
    turned = mesh[..., :3] @ rotations.transpose(1, 2)
    normals = vertex_normals(turned, torch.from_numpy(triangles).long())
    return shading(turned, normals, p_ill)


def own_alignment(labels, topology, name):
    """Rotation, origin and scale of the portrait by the teacher's points."""
    at = np.nonzero(labels["image"] == name)[0][:1]
    chosen = {k: v[at] for k, v in labels.items()}
    return [v[0] for v in align(label_points(chosen, topology), topology.positions[3])[1:]]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("network", choices=list(NETWORKS))
    given = parser.parse_args()
    torch.set_num_threads(1)
    torch.set_grad_enabled(False)
    rows = np.load(WORK / "appearance.npz")
    held = np.unique(rows["name"][rows["held_out"] & rows["has_colour"]])
    drawn, likenesses = picture(NETWORKS[given.network], list(held[:: max(1, len(held) // PEOPLE)][:PEOPLE]))
    cv2.imwrite(str(WORK / "side-by-side.png"), cv2.cvtColor(drawn, cv2.COLOR_RGB2BGR))
    errors = held_out_errors() | likenesses
    (WORK / "portraits.json").write_text(json.dumps(errors, indent=2))
    print(json.dumps(errors, indent=2))
