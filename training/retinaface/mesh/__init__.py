"""From a teacher's labels to the shipped weights of the mesh branch."""
