"""What the training of detector and mesh branch share: data, labels, networks and files."""
