"""The desktop recorder: a person works in a program's windows, and what they do becomes a recording. X11."""
