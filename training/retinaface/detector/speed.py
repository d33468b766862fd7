"""Time of an exported network beside mnet025's, in turns: python -m retinaface.detector.speed MODEL.onnx

640×480, one thread of ONNX Runtime on the CPU, every pair of runs in a new order.
"""

import argparse
import time

import numpy as np
import onnx
import onnxruntime as ort

from ..common.paths import detector_file
from .macs import HEIGHT, WIDTH


def open_session(path) -> ort.InferenceSession:
    model = onnx.load(path)
    shape = model.graph.input[0].type.tensor_type.shape
    shape.dim[2].dim_param, shape.dim[3].dim_param = "height", "width"
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    return ort.InferenceSession(model.SerializeToString(), options)


def compare(path, rounds: int) -> None:
    sessions = [open_session(detector_file()), open_session(path)]
    data = np.random.default_rng(0).uniform(0, 255, (1, 3, HEIGHT, WIDTH)).astype(np.float32)
    times: list[list[float]] = [[], []]
    for i in range(rounds + 3):
        for which in (0, 1) if i % 2 else (1, 0):
            session = sessions[which]
            start = time.process_time()
            session.run(None, {session.get_inputs()[0].name: data})
            if i >= 3:
                times[which].append(time.process_time() - start)
    ratios = np.array(times[1]) / np.array(times[0])
    for name, t in zip(("mnet025", str(path)), times):
        print(f"{name}: median {1e3 * np.median(t):.1f} ms, fastest {1e3 * min(t):.1f} ms")
    low, middle, high = np.percentile(ratios, [25, 50, 75])
    print(f"ratio: median {middle:.2f}, quartiles {low:.2f} to {high:.2f}, {rounds} pairs")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model")
    parser.add_argument("--rounds", type=int, default=60)
    given = parser.parse_args()
    compare(given.model, given.rounds)
