"""How well an expression head agrees with its teachers: python -m retinaface.mesh.expression_agreement NETWORK

On wider-val faces of at least 64 pixels of height that FaceMesh v2 believes in: correlation, slope of ours on the
teacher's and mean absolute error of each coefficient, and irises, by size too.
"""

import argparse

import numpy as np
import torch

from ..common.blendshapes import TOLD
from ..common.networks import NETWORKS, Network
from ..common.topology import load_topology
from .gaze import fit_eyeball
from .patch_data import PatchData, load_patch_data
from .patch_landmarks import PatchLandmarks
from .shape_fit import PatchFit
from .stages import PATCHES, load_stage
from .train_decoder import load_decoder

SHOWN = ("jawOpen", "mouthSmile", "mouthPucker", "eyeBlink", "browInnerUp", "eyeLook", "eyeSquint", "browDown")
BELIEVED, LEAST_EYES = 0.6, 0.25  # face sizes between the eyes of a face seen from the front
SIZES = ((24, 32), (32, 48), (48, 64), (64, 96), (96, 160), (160, np.inf), (64, np.inf))


@torch.no_grad()
def agreement(fit: PatchFit, data: PatchData, least: float, most: float = np.inf) -> dict:
    """Correlation and mean absolute error of each coefficient, and the irises' error over the eyes' distance."""
    height, confidence = data.samples.height, data.samples.confidence
    rows = torch.from_numpy(np.nonzero((height >= least) & (height < most) & (confidence > BELIEVED))[0])
    seen = fit.of(data.samples, rows)
    found, iris = seen.coefficients.clamp(0, 1).numpy(), seen.irises
    truth = data.coefficients[rows].numpy()
    apart = (data.irises[rows, 0, :2] - data.irises[rows, 1, :2]).norm(dim=1)
    off = (iris - data.irises[rows])[..., :2].norm(dim=2).mean(1) / apart
    frontal = apart > LEAST_EYES
    return {
        "faces": len(rows),
        "iris": float(off[frontal].mean()),
        "correlation": {n: correlation(found[:, i], truth[:, i]) for i, n in enumerate(TOLD)},
        "error": {n: float(np.abs(found[:, i] - truth[:, i]).mean()) for i, n in enumerate(TOLD)},
        "slope": {n: float(np.polyfit(truth[:, i], found[:, i], 1)[0]) for i, n in enumerate(TOLD)},
        "deviation": {n: float(truth[:, i].std()) for i, n in enumerate(TOLD)},
    }


def correlation(a: np.ndarray, b: np.ndarray) -> float:
    return float(np.corrcoef(a, b)[0, 1]) if a.std() > 1e-9 and b.std() > 1e-9 else 0.0


def summary(result: dict) -> str:
    means = {s: np.mean([v for n, v in result["correlation"].items() if n.startswith(s)]) for s in SHOWN}
    total = np.mean(list(result["correlation"].values()))
    return f"{total:.3f} iris {100 * result['iris']:.1f} % " + " ".join(f"{n} {v:.2f}" for n, v in means.items())


@torch.no_grad()
def fitted_eyeball(network: Network, model: PatchLandmarks, components) -> list[float]:
    """On portraits, of which most look into the camera."""
    samples = load_patch_data(network, "portraits", load_topology(), (0,)).samples
    seen = PatchFit(model, components).of(samples, torch.arange(len(samples)))
    return fit_eyeball(seen.irises, seen.lids, seen.answer)


def report(network: Network) -> None:
    torch.set_num_threads(1)
    data = load_patch_data(network, "wider-val", load_topology(), (0,), keep=0.0)
    model = PatchFit(load_stage(network, PATCHES), load_decoder()[1])
    for least, most in SIZES:
        result = agreement(model, data, least, most)
        print(f"{least} to {most} px, {result['faces']} faces: {summary(result)}")
    for name in TOLD:
        of = {part: result[part][name] for part in ("correlation", "slope", "error", "deviation")}
        print(f"| {name} | " + " | ".join(f"{v:.3f}" for v in of.values()) + " |")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("network", choices=list(NETWORKS))
    report(NETWORKS[parser.parse_args().network])
