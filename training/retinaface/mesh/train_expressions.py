"""Coefficients and irises: python -m retinaface.mesh.train_expressions NETWORK [--seeds 0 1]

Needs samples of stage 1 and labels. Begins with the refinement's layers and writes expressions.pt;
prints how well held-out faces of at least 48 pixels agree with the teachers.
"""

import argparse
import copy

import numpy as np
import torch
from torch.nn.functional import huber_loss

from ..common.networks import NETWORKS, Network
from ..common.topology import load_topology
from .expression_agreement import agreement, summary
from .expression_data import ExpressionData, load_expression_data
from .expression_head import ExpressionHead
from .gaze import fit_eyeball
from .samples import HELD, TRAINING_SETS
from .stages import EXPRESSIONS, load_stage, stage_file

BATCH, RATE, DECAY, DROPOUT = 256, 2e-3, 0.1, 0.2
IRIS_WEIGHT = 15  # of an error of a face's size, where a coefficient's deviation squared weighs half
OUTLIER = 4  # deviations from which the loss is no longer squared
LEAST_DEVIATION = 0.01


class Joined:
    """Several sets as one."""

    def __init__(self, parts: list[ExpressionData]):
        self.parts = parts
        self.starts = np.cumsum([0] + [len(p) for p in parts])

    def __len__(self) -> int:
        return int(self.starts[-1])

    def take(self, rows: torch.Tensor):
        """Inputs, coefficients, irises, face size over box size and weight of samples, in any order."""
        batches = []
        for part, start in zip(self.parts, self.starts):
            mine = rows[(rows >= start) & (rows < start + len(part))] - int(start)
            norm = part.samples.norm[mine]
            targets = part.coefficients[mine], part.irises[mine], norm, part.weight[mine]
            batches.append((part.inputs(mine), *targets))
        inputs = {k: torch.cat([b[0][k] for b in batches]) for k in batches[0][0]}
        return inputs, *(torch.cat([b[i] for b in batches]) for i in range(1, 5))


def prepared(network: Network, data: Joined, dropout: float) -> ExpressionHead:
    model = ExpressionHead(network, dropout)
    inputs, coefficients, *_ = data.take(torch.arange(0, len(data), 20))
    model.set_normalisation(inputs)
    model.start_from(load_stage(network, 1))
    model.mean.copy_(coefficients.mean(0))
    model.scale.copy_(coefficients.std(0).clamp(min=LEAST_DEVIATION))
    return model


def loss_of(model: ExpressionHead, batch) -> torch.Tensor:
    """Of what a face shows more than most the error counts more: most faces show little."""
    inputs, coefficients, iris, norm, weight = batch
    found, found_iris = model(inputs)
    apart = huber_loss(found / model.scale, coefficients / model.scale, reduction="none", delta=OUTLIER)
    shown = ((coefficients - model.mean) / model.scale).abs().clamp(max=OUTLIER)
    off = (found_iris - iris).square().sum(2).add(1e-8).sqrt().mean(1) * norm
    return (((apart * (1 + shown)).mean(1) / OUTLIER + IRIS_WEIGHT * off) * weight).mean()


def fitted_eyeball(model: ExpressionHead, data: ExpressionData) -> list[float]:
    with torch.no_grad():
        _, iris = model(data.inputs(torch.arange(len(data))))
    return fit_eyeball(iris, data.refined_eyes, data.refined)


def train(network: Network, epochs: int, seeds) -> None:
    torch.set_num_threads(1)
    torch.manual_seed(0)
    topology = load_topology()
    parts = {n: load_expression_data(network, n, topology, seeds) for n in TRAINING_SETS}
    data = Joined(list(parts.values()))
    held = load_expression_data(network, "wider-train", topology, (HELD,))
    model = prepared(network, data, DROPOUT)
    average = copy.deepcopy(model).eval()
    steps = epochs * (len(data) // BATCH)
    optimiser = torch.optim.AdamW(model.parameters(), lr=RATE, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=steps, pct_start=0.1)
    print(f"{len(data)} samples, {steps} steps", flush=True)
    for step in range(steps):
        loss = loss_of(model, data.take(torch.randint(len(data), (BATCH,))))
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
        with torch.no_grad():
            for kept, now in zip(average.parameters(), model.parameters()):
                kept.lerp_(now, max(0.002, 1 / (step + 1)))
        if step % 500 == 499 or step + 1 == steps:
            print(step + 1, f"{loss.item():.4f}", summary(agreement(average, held, 48)), flush=True)
    eyeball = fitted_eyeball(average, parts["portraits"])
    print("eyeball", eyeball)
    saved = {"average": average.state_dict(), "eyeball": eyeball}
    torch.save(saved, stage_file(network, EXPRESSIONS))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("network", choices=list(NETWORKS))
    parser.add_argument("--epochs", type=int, default=9)
    parser.add_argument("--seeds", type=int, nargs="+", default=[0])
    given = parser.parse_args()
    train(NETWORKS[given.network], given.epochs, given.seeds)
