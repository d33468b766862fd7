"""Trains a detector: python -m retinaface.detector.train NAME --layout lean --steps 12000

Writes RUNS/NAME/state.pt (all that is needed to go on), log.ndjson and, from time to time,
snapshot-STEP.pt with the averaged weights in half precision. A rerun goes on from the last state;
with another --steps the rate follows the new length.
"""

import argparse
import copy
import json
import time
from dataclasses import asdict, replace
from pathlib import Path

import torch
from torch import nn

from .average import follow, half
from .backbones import GRAFTED_MAPS, LAYOUTS, Mnet025Maps
from .batches import Batches
from .checkpoint import read_weights
from .crops import Crop
from .distillation import Teacher, distillation_loss
from .losses import detection_loss
from .mesh_term import MeshTerm
from .paths import RUNS
from .pictures import Pictures
from .recipe import PAPER, Recipe, Weights, rate_factor

SAVE_EVERY, REPORT_EVERY = 200, 20
CLIP = 10.0


def device_of_choice() -> torch.device:
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def make_optimiser(recipe: Recipe, modules: list[nn.Module]) -> torch.optim.Optimizer:
    parameters = [p for module in modules for p in module.parameters() if p.requires_grad]
    decayed = [p for p in parameters if p.ndim > 1]
    plain = [p for p in parameters if p.ndim <= 1]
    groups = [
        {"params": decayed, "weight_decay": recipe.decay},
        {"params": plain, "weight_decay": 0.0},
    ]
    if recipe.optimiser == "sgd":
        return torch.optim.SGD(groups, recipe.rate, momentum=0.9)
    return torch.optim.AdamW(groups, recipe.rate)


def take_weights(network: nn.Module, path: Path) -> None:
    """Weights to begin with; layers that the file lacks keep their own."""
    extra = network.load_state_dict(read_weights(path), strict=False).unexpected_keys
    if extra:
        raise ValueError(f"{path} has weights that the network has no place for: {extra}")


def freeze_all_but(network: nn.Module, only: tuple[str, ...]) -> None:
    """Leaves the named parts to be trained; the others keep their norms' statistics too."""
    if not only:
        return
    for part in network.modules():
        part.training = False
    network.requires_grad_(False)
    for name in only:
        network.get_submodule(name).train().requires_grad_(True)


class Run:
    """A training run and what it needs to go on where it was stopped."""

    def __init__(self, name: str, recipe: Recipe, pictures: Pictures, start: Path | None = None):
        torch.manual_seed(recipe.seed)
        torch.set_num_threads(1)
        self.folder, self.recipe = RUNS / name, recipe
        self.folder.mkdir(parents=True, exist_ok=True)
        self.device = device_of_choice()
        network = LAYOUTS[recipe.layout]()
        if start:
            take_weights(network, start)
        freeze_all_but(network, recipe.only)
        self.network = network.to(self.device, memory_format=torch.channels_last)
        self.average = copy.deepcopy(self.network).requires_grad_(False)
        w = recipe.weights
        self.mesh = MeshTerm(pictures) if w.mesh or w.pixel else None
        branches = [self.mesh.branch] if self.mesh else []
        self.optimiser = make_optimiser(recipe, [self.network, *branches])
        self.grafted = isinstance(network.backbone, Mnet025Maps)
        taught = w.teacher_score or w.teacher_box or w.teacher_points
        maps = tuple(GRAFTED_MAPS) if self.grafted else ()
        teacher = Teacher(maps) if taught or maps else None
        self.batches = Batches(pictures, teacher, recipe)
        self.step, self.seconds = 0, 0.0
        self.load()

    def parts(self) -> dict:
        parts = {"network": self.network, "average": self.average, "optimiser": self.optimiser}
        return parts | ({"branch": self.mesh.branch} if self.mesh else {})

    def load(self) -> None:
        path = self.folder / "state.pt"
        if path.exists():
            saved = torch.load(path, map_location=self.device, weights_only=False)
            for name, part in self.parts().items():
                part.load_state_dict(saved[name])
            self.step, self.seconds = saved["step"], saved["seconds"]

    def save(self) -> None:
        state = {name: part.state_dict() for name, part in self.parts().items()}
        state |= {"step": self.step, "seconds": self.seconds, "recipe": asdict(self.recipe)}
        torch.save(state, self.folder / "state.tmp")
        (self.folder / "state.tmp").replace(self.folder / "state.pt")
        torch.save(half(self.average), self.folder / f"snapshot-{self.step:06d}.pt")

    def network_input(self, batch: dict[str, torch.Tensor]):
        last = torch.channels_last
        if self.grafted:
            return [batch[f"teacher_{name}"].contiguous(memory_format=last) for name in GRAFTED_MAPS]
        return batch["pixels"].permute(0, 3, 1, 2).float().contiguous(memory_format=last)

    def losses(self, batch: dict[str, torch.Tensor], crops: list[Crop]) -> dict[str, torch.Tensor]:
        with torch.autocast(self.device.type, torch.bfloat16):
            found = self.network(self.network_input(batch))
        losses = detection_loss(found, batch, self.recipe.quality)
        if self.batches.teacher:
            losses |= distillation_loss(found, batch)
        if self.mesh:
            losses |= self.mesh(found, batch, crops)
        return losses

    def learn(self, batch: dict[str, torch.Tensor], crops: list[Crop]) -> dict[str, float]:
        """One step of the optimiser; the parts of the loss before their weights."""
        rate = self.recipe.rate * rate_factor(self.step / self.recipe.steps)
        for group in self.optimiser.param_groups:
            group["lr"] = rate
        losses = self.losses({k: v.to(self.device) for k, v in batch.items()}, crops)
        weights = asdict(self.recipe.weights)
        total = sum(weights[name] * loss for name, loss in losses.items() if weights[name])
        self.optimiser.zero_grad()
        total.backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), CLIP)
        self.optimiser.step()
        self.step += 1
        follow(self.average, self.network, self.step)
        return {name: loss.item() for name, loss in losses.items()} | {"total": total.item()}

    def report(self, sums: dict[str, float], count: int) -> None:
        row = {name: round(value / count, 4) for name, value in sums.items()}
        row = {"step": self.step, "seconds": round(self.seconds)} | row
        with open(self.folder / "log.ndjson", "a") as file:
            file.write(json.dumps(row) + "\n")
        print(json.dumps(row), flush=True)

    def train(self) -> None:
        sums, count, before = {}, 0, time.time()
        for batch, crops in self.batches.stream(self.step, self.recipe.steps):
            for name, value in self.learn(batch, crops).items():
                sums[name] = sums.get(name, 0.0) + value
            count += 1
            now = time.time()
            self.seconds, before = self.seconds + now - before, now
            last = self.step == self.recipe.steps
            if self.step % REPORT_EVERY == 0 or last:
                self.report(sums, count)
                sums, count = {}, 0
            if self.step % SAVE_EVERY == 0 or last:
                self.save()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name")
    parser.add_argument("--layout", choices=list(LAYOUTS), default="lean")
    parser.add_argument("--steps", type=int, required=True)
    parser.add_argument("--optimiser", choices=["adamw", "sgd"], default="adamw")
    parser.add_argument("--rate", type=float, default=Recipe.rate)
    parser.add_argument("--decay", type=float, default=Recipe.decay)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--sides", type=int, nargs="+", help="of the steps' crops, in turn")
    parser.add_argument("--large", type=float, default=Recipe.large, help="share of crops for the largest face")
    parser.add_argument("--only", nargs="+", default=[], help="train these parts of the network alone")
    parser.add_argument("--quality", action="store_true", help="scores say how well the box fits")
    parser.add_argument("--start", type=Path, help="weights to begin with, as a snapshot has them")
    parser.add_argument("--paper", action="store_true", help="the paper's weights of the losses")
    for name in asdict(Weights()):
        parser.add_argument(f"--{name.replace('_', '-')}", type=float, help="weight of this loss")
    given = vars(parser.parse_args())
    chosen = {k: given.pop(k) for k in asdict(Weights())}
    base = PAPER if given.pop("paper") else Weights()
    weights = replace(base, **{k: v for k, v in chosen.items() if v is not None})
    name, start = given.pop("name"), given.pop("start")
    given |= {"only": tuple(given["only"]), "sides": tuple(given["sides"] or Recipe.sides)}
    Run(name, Recipe(weights=weights, **given), Pictures(), start).train()


if __name__ == "__main__":
    main()
