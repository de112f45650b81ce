"""The commands: one file each, the only prints and the only catch-all."""
