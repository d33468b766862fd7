"""Checks of the parts and a short run of the whole: python -m retinaface.detector.smoke

Under two minutes, in a scratch folder. Needs the data; the mesh term also needs the labels of
retinaface.common and is left out, aloud, where there are none.
"""

import os
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch


def check_anchors() -> None:
    from .anchors import (
        FACE,
        IGNORED,
        anchor_grid,
        decode,
        encode,
        intersections,
        match,
    )

    anchors = anchor_grid(96, 160)
    assert len(anchors) == 2 * (12 * 20 + 6 * 10 + 3 * 5), len(anchors)
    assert anchors[1].tolist() == [8, 8, 16] and anchors[2].tolist() == [16, 8, 32]
    rng = np.random.default_rng(0)
    low = rng.uniform(0, 60, (len(anchors), 2))
    boxes = np.concatenate([low, low + rng.uniform(4, 90, low.shape)], 1)
    points = rng.uniform(0, 160, (len(anchors), 5, 2))
    back = decode(anchors, *encode(anchors, boxes, points))
    assert np.allclose(back[0], boxes, atol=1e-2) and np.allclose(back[1], points, atol=1e-2)

    one = np.array([[0, 0, 16, 16], [8, 8, 24, 24], [40, 20, 46, 28], [70, 30, 100, 64]], float)
    shared, overlap = intersections(np.array([[8, 8, 16]]), one[:2])
    assert shared.tolist() == [[256, 64]] and np.allclose(overlap, [[1, 64 / 448]])
    found = match(anchors, one, np.array([True, True, True, False]))
    matched = {int(f) for f in found.face[found.label == FACE]}
    assert matched == {0, 1, 2}, "every usable face has an anchor, the tiny one too"
    over = intersections(anchors, one[3:])[1][:, 0] > 0.5
    rows = np.nonzero(found.label == FACE)[0]
    exact = intersections(anchors[rows], one)[1][np.arange(len(rows)), found.face[rows]]
    assert np.allclose(found.overlap[rows], exact)
    assert over.any() and (found.label[over] == IGNORED).all(), "unusable faces are ignored"


def check_losses() -> None:
    from .losses import detection_loss, hardest, overlap
    from .network import Prediction

    label = torch.tensor([[1, 0, 0, 0, 0, -1], [1, 0, 1, 0, 0, 0]], dtype=torch.int8)
    loss = torch.tensor([[9.0, 1, 2, 3, 4, 8], [1, 2, 3, 4, 5, 6]])
    chosen = hardest(loss.repeat(1, 4), torch.cat([label, label.clamp(-1, 0).repeat(1, 3)], 1))
    assert chosen.sum(1).tolist() == [8, 8] and not chosen[0, 5]
    assert chosen[0, [4, 10, 16, 22]].all(), "the largest losses come first"

    one, half_off = torch.tensor([[0.0, 0, 0, 0]]), torch.tensor([[0.5, 0, 0, 0]])
    assert torch.allclose(overlap(one, torch.cat([one, half_off])), torch.tensor([1, 1 / 3]))
    batch = {
        "label": torch.tensor([[1]], dtype=torch.int8),
        "reach": torch.tensor([[1.0]]),
        "box": one[None],
        "points": torch.zeros(1, 1, 10),
        "has_points": torch.tensor([[False]]),
    }
    sure = torch.tensor([[6.0]])
    for box, quality, right in ((one, True, True), (half_off, True, False), (half_off, False, True)):
        found = Prediction(sure, box[None], torch.zeros(1, 1, 10), [])
        loss = detection_loss(found, batch, quality)["score"]
        assert (loss < 0.1) == right, "a sure score is right where the box fits, or quality is off"
    unreached = batch | {"reach": torch.tensor([[0.4]])}
    found = Prediction(sure, one[None], torch.zeros(1, 1, 10), [])
    assert detection_loss(found, unreached, True)["score"] > 1, "and where its anchor reaches it"


def check_crops(pictures) -> None:
    from .crops import mirror, take_crop

    for i in range(8):
        crop = take_crop(np.random.default_rng(i), pictures, i, 320, 0.5)
        again = take_crop(np.random.default_rng(i), pictures, i, 320, 0.5)
        assert crop.pixels.shape == (320, 320, 3) and (crop.pixels == again.pixels).all()
        faces = pictures.faces[crop.picture]
        point = faces.points[crop.row] * crop.scale + crop.offset
        if crop.mirrored:
            point[..., 0] = 320 - point[..., 0]
            point = point[:, [1, 0, 2, 4, 3]]
        assert np.allclose(crop.faces.points, point, atol=1e-3, equal_nan=True)
        twice = mirror(mirror(crop.faces, 320), 320)
        assert np.allclose(twice.boxes, crop.faces.boxes, atol=1e-3)


def check_start(pictures, snapshot: Path) -> None:
    """A run begins with the weights of another; layers that those lack begin as they are."""
    from .checkpoint import read_weights
    from .recipe import Recipe
    from .train import Run

    whole = read_weights(snapshot)
    kept = {name: value for name, value in whole.items() if not name.startswith("heads.2")}
    part = snapshot.with_name("part.pt")
    torch.save(kept, part)
    network = Run("next", Recipe("lean", steps=1), pictures, part).network.state_dict()
    assert all(torch.equal(network[name], value) for name, value in kept.items())
    lost = [name for name in network if name not in kept]
    assert lost and all(name.startswith("heads.2") for name in lost), lost


def run(scratch: str) -> None:
    os.environ["RETINAFACE_DETECTOR_DIR"] = scratch
    # The folder is read on import, so these come after it is set.
    from ..common.paths import WORK
    from .backbones import LAYOUTS
    from .checkpoint import load_network
    from .export import export
    from .paths import RUNS
    from .pictures import Pictures
    from .recipe import PAPER, Recipe, Weights
    from .train import Run

    assert RUNS == Path(scratch)
    check_anchors()
    check_losses()
    pictures = Pictures(limit=24)
    check_crops(pictures)
    meshes = (WORK / "labels" / "wider-train.npz").exists()
    if not meshes:
        print("no labels of retinaface.common: the mesh term is left out")
    weights = Weights(mesh=0.1, pixel=0.01) if meshes else Weights()
    plain = PAPER if meshes else replace(PAPER, pixel=0)
    first = Run("smoke", Recipe("lean", steps=6, weights=weights), pictures)
    first.train()
    longer = Run("smoke", Recipe("lean", steps=16, weights=weights), pictures)
    assert longer.step == 6, "a run goes on where it was stopped"
    longer.train()
    rows = (RUNS / "smoke" / "log.ndjson").read_text().splitlines()
    before, after = (float(r.split('"total": ')[1].rstrip("}")) for r in (rows[0], rows[-1]))
    assert after < before, f"the loss does not fall: {before} to {after}"
    check_start(pictures, RUNS / "smoke" / "snapshot-000016.pt")
    paper = Recipe("mobilenet", steps=2, optimiser="sgd", rate=1e-2, decay=5e-4, weights=plain)
    Run("paper", paper, pictures).train()
    for layout in LAYOUTS:
        network = load_network("smoke", layout) if layout == "lean" else LAYOUTS[layout]()
        for kind in ("float", "uint8"):
            export(network, RUNS / f"{layout}-{kind}.onnx", kind)
    print(f"smoke test passed: loss {before:.1f} to {after:.1f}")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        run(folder)
