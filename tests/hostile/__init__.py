"""Hostile input: made by number from a seed, given to the program, and judged.

``python -m tests.hostile`` runs ten thousand; `tests.test_hostile` runs a share.
"""
