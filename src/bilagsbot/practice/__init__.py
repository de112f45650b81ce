"""A small legacy-style accounting program to learn on, and to break on purpose."""
