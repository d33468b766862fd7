"""Average precision of snapshots on wider-val: python -m retinaface.detector.evaluate NAME [--step N]

Exports the snapshot, lets the command `retinaface eval wider` measure it at long side 640 and
appends {"step", "easy", "medium", "hard"} to RUNS/NAME/precision.ndjson. Without --step every
snapshot that has no row yet. The figures are for curves and tables alone: nothing is chosen by them.
"""

import argparse
import json
import subprocess
import tempfile
from pathlib import Path

from ..common.paths import DATA, REPOSITORY
from .checkpoint import load_network
from .export import export
from .paths import RUNS

PRESET = "retinaface-ts"
INPUT_SIZE = 640


def measure(model: Path) -> dict[str, float]:
    """easy, medium and hard of an exported network."""
    wider = DATA / "wider-val"
    command = ["npm", "run", "--silent", "retinaface", "--", "eval", "wider", "--json", "--quiet"]
    command += ["--images", str(wider / "images"), "--ground-truth", str(wider / "ground-truth")]
    command += ["--input-size", str(INPUT_SIZE), "--model", str(model), "--preset", PRESET]
    done = subprocess.run(command, cwd=REPOSITORY, check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def evaluate(name: str, layout: str, step: int | None) -> None:
    table = RUNS / name / "precision.ndjson"
    rows = [json.loads(r) for r in table.read_text().splitlines()] if table.exists() else []
    known = {row["step"] for row in rows}
    for snapshot in sorted((RUNS / name).glob("snapshot-*.pt")):
        at = int(snapshot.stem.split("-")[1])
        if at in known or step not in (None, at):
            continue
        with tempfile.TemporaryDirectory() as folder:
            model = Path(folder) / "network.onnx"
            export(load_network(str(snapshot), layout), model)
            row = {"step": at} | measure(model)
        with open(table, "a") as file:
            file.write(json.dumps(row) + "\n")
        print(row, flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name")
    parser.add_argument("--layout", default="lean")
    parser.add_argument("--step", type=int)
    given = parser.parse_args()
    evaluate(given.name, given.layout, given.step)
