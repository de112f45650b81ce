"""One file a step, and STEPS, the union of them."""
