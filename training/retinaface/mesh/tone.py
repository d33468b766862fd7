"""How well the branch tells the tone of the skin: python -m retinaface.mesh.tone NETWORK

On the held-out portraits in colour, mean luminance over the vertices (0..1) of reflectance × light,
against the photo's at the teacher's points. Groups are by the photo's tone.
"""

import argparse
import json

import numpy as np
import torch

from ..common.labels import believed, read_rgb
from ..common.networks import NETWORKS, Network
from ..common.paths import IMAGE_FOLDERS, WORK
from ..common.registration import sample_colours
from .camera import rotation_matrix
from .evaluate import predict
from .head_data import load_head_data
from .portraits import lit_by
from .samples import sample_images
from .train_decoder import load_decoder
from .stages import last_stage, load_stage, stage_folder

TARGET = "portraits-held"
LUMINANCE = np.array([0.2126, 0.7152, 0.0722], np.float32)


def held_out(rows) -> np.ndarray:
    return rows["held_out"] & rows["has_colour"]


def held_out_samples(data, rows) -> np.ndarray:
    """Samples whose face is one of the held-out appearances (a picture may show several)."""
    mine = held_out(rows)
    known = {(n, tuple(b)) for n, b in zip(rows["name"][mine], rows["box"][mine])}
    labels = believed("portraits")
    keys = [(labels["image"][f], tuple(labels["box"][f])) for f in data.face]
    return np.array([i for i, key in enumerate(keys) if key in known])


def photo_tones(faces: np.ndarray, topology) -> np.ndarray:
    labels, tones = believed("portraits"), []
    up = topology.up[-1]
    for face in faces:
        rgb = read_rgb(IMAGE_FOLDERS["portraits"] / labels["image"][face])
        xy = up @ labels["points"][face, :468, :2]
        size = np.sqrt((labels["box"][face][2:] - labels["box"][face][:2]).prod())
        tones.append((sample_colours(rgb, xy, size / 14) @ LUMINANCE).mean())
    return np.array(tones)


def tone_errors(found: np.ndarray, photo: np.ndarray) -> dict:
    order = np.argsort(photo)
    table = {
        "faces": len(photo),
        "correlation": round(float(np.corrcoef(found, photo)[0, 1]), 3),
        "slope": round(float(np.polyfit(photo, found, 1)[0]), 3),
        "mean absolute error": round(float(np.abs(found - photo).mean()), 4),
    }
    dark, middle, light = np.array_split(order, 3)
    groups = {"darkest tenth": order[: len(order) // 10], "darkest third": dark}
    groups |= {"middle third": middle, "lightest third": light}
    for name, some in groups.items():
        error = found[some] - photo[some]
        table[name] = {
            "faces": len(some),
            "photo": round(float(photo[some].mean()), 4),
            "found": round(float(found[some].mean()), 4),
            "mean absolute error": round(float(np.abs(error).mean()), 4),
        }
    return table


def measure(network: Network) -> dict:
    decoder, _, topology = load_decoder()
    rows = np.load(WORK / "appearance.npz")
    if not (stage_folder(network, last_stage(network)) / TARGET).exists():
        names = list(np.unique(rows["name"][held_out(rows)]))
        sample_images(network, last_stage(network), "portraits", names, TARGET)
    data = load_head_data(
        network, last_stage(network), "portraits", topology, ("held",), keep=0.0, plain=True
    )
    chosen = held_out_samples(data, rows)
    found = predict(load_stage(network, last_stage(network)), decoder, data, torch.from_numpy(chosen))
    turn = rotation_matrix(found["p_cam"][:, 3:6])
    mesh = found["mesh"]
    lit = mesh[..., 3:] * lit_by(found["p_ill"], mesh, turn, topology.faces[-1])
    tones = (lit.numpy() @ LUMINANCE).mean(1)
    return tone_errors(tones, photo_tones(data.face[chosen], topology))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("network", choices=list(NETWORKS))
    torch.set_num_threads(1)
    torch.set_grad_enabled(False)
    table = measure(NETWORKS[parser.parse_args().network])
    (WORK / "tone.json").write_text(json.dumps(table, indent=2))
    print(json.dumps(table, indent=2))
