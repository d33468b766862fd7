"""The whole chain on a handful of pictures: python -m retinaface.mesh.smoke

Runs in a scratch folder and leaves the shipped weights alone.
"""

import os
import tempfile
from pathlib import Path


def run(folder: str) -> None:
    os.environ["RETINAFACE_TRAIN_DIR"] = folder
    # The folder is read on import, so these come after it is set.
    from ..common import labels, networks, paths
    from . import (
        appearance,
        crops,
        evaluate,
        export,
        golden,
        samples,
        train_decoder,
        train_head,
    )

    network = networks.MNET025

    assert paths.WORK == Path(folder)
    for name, count in (("wider-train", 40), ("portraits", 150), ("cc0-faces", 40), ("wider-val", 12)):
        labels.label_set(name, processes=2, limit=count)
        samples.sample_set(network, 0, name)
    for name in ("wider-train", "portraits", "cc0-faces"):
        crops.crop_set(name)
    appearance.build()
    errors = train_decoder.train(60)
    assert errors["shape_rms_cm"] < 0.5, f"the decoder does not learn: {errors}"
    sets = {"wider-train": (0,), "portraits": (0,)}
    for stage in (0, 1):
        if stage:
            for name in (*sets, "wider-val"):
                samples.sample_set(network, stage, name)
        train_head.train(network, stage, 3, 2, sets=sets)
    table = evaluate.evaluate(network, ["wider-val"])["wider-val"]
    print("head:", table["all"])
    assert table["largest disagreement of P_cam"] < 1e-3, "P_cam must project as the head does"
    for module in (export, golden, networks):
        module.WEIGHTS = module.FIXTURES = Path(folder)
    export.export_all(network)
    print("smoke test passed")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        run(scratch)
