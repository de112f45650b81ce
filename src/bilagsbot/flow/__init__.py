"""Flows and selectors: from YAML or Python to the Flow that the engine keys."""
