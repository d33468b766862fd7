"""Training of our own RetinaFace detector with the paper's multi-task loss (arXiv 1905.00641)."""
