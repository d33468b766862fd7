"""Trains the coarse branch on cached views: python -m retinaface.detector.train_coarse NAME --steps 3000

Writes RUNS/NAME/state.pt every 200 steps and log.ndjson; a rerun goes on from there. Views that
have come in the meantime are taken up. Statistics of batch norms stay as they are.
"""

import argparse
import copy
import json
import math
import time

import numpy as np
import torch

from .average import follow
from .coarse_loss import coarse_loss, flat
from .coarse_views import VIEWS, views_folder
from .own_network import load, started
from .paths import RUNS

BATCH = 16
RATE, DECAY = 2e-3, 0.01
WARM = 0.05  # share of the steps
EVERY = 200


def factor(progress: float) -> float:
    return min(progress / WARM, 1.0) * (0.02 + 0.98 * (1 + math.cos(math.pi * progress)) / 2)


def train(name: str, steps: int, rate: float, start: str | None) -> None:
    torch.set_num_threads(1)
    folder = RUNS / name
    folder.mkdir(parents=True, exist_ok=True)
    branch = (load(start) if start else started()).coarse.eval().requires_grad_(True)
    average = copy.deepcopy(branch).requires_grad_(False)
    optimiser = torch.optim.AdamW(branch.parameters(), lr=rate, weight_decay=DECAY)
    parts = {"branch": branch, "average": average, "optimiser": optimiser}
    step, seconds = 0, 0.0
    if (folder / "state.pt").exists():
        saved = torch.load(folder / "state.pt", weights_only=False)
        for key, part in parts.items():
            part.load_state_dict(saved[key])
        step, seconds = saved["step"], saved["seconds"]
    shards: dict[str, list[dict]] = {}
    sums, begun = {}, time.time()
    while step < steps:
        if step % EVERY == 0 or not shards:
            for path in sorted(views_folder().glob("*.pt")):
                if path.name not in shards:
                    shards[path.name] = torch.load(path, weights_only=False)
        rng = np.random.default_rng([3, step])
        shard = shards[sorted(shards)[rng.integers(len(shards))]]
        views = [shard[i] for i in rng.choice(VIEWS, BATCH, replace=False)]
        maps = torch.stack([v["map"] for v in views]).float()
        found = flat(branch(maps.contiguous(memory_format=torch.channels_last)))
        losses = coarse_loss(found, views, 32 * maps.shape[-1])
        for group in optimiser.param_groups:
            group["lr"] = rate * factor(step / steps)
        total = sum(losses.values())
        optimiser.zero_grad()
        total.backward()
        torch.nn.utils.clip_grad_norm_(branch.parameters(), 10.0)
        optimiser.step()
        step += 1
        follow(average, branch, step)
        for key, value in (losses | {"total": total}).items():
            sums[key] = sums.get(key, 0.0) + value.item()
        if step % 50 == 0 or step == steps:
            now = time.time()
            seconds, begun = seconds + now - begun, now
            row = {"step": step, "seconds": round(seconds), "shards": len(shards)}
            row |= {k: round(v / 50, 4) for k, v in sums.items()}
            with open(folder / "log.ndjson", "a") as file:
                file.write(json.dumps(row) + "\n")
            print(json.dumps(row), flush=True)
            sums = {}
        if step % EVERY == 0 or step == steps:
            state = {key: part.state_dict() for key, part in parts.items()}
            torch.save(state | {"step": step, "seconds": seconds}, folder / "state.tmp")
            (folder / "state.tmp").replace(folder / "state.pt")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name")
    parser.add_argument("--steps", type=int, default=3000)
    parser.add_argument("--rate", type=float, default=RATE)
    parser.add_argument("--start", help="a run to begin from")
    given = parser.parse_args()
    train(given.name, given.steps, given.rate, given.start)
