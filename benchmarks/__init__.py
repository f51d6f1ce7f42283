"""Measurements, each a module to be run from the top of the project."""
