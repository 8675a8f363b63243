"""Forward and backward pass of our NumPy code beside PyTorch, JAX, autograd and micrograd."""
