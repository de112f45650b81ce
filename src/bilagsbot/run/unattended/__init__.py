"""Runs with nobody there: schedules, watched folders, workers and the durable engine."""
