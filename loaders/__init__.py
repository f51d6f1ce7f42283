"""From data packages to the graph: read whole, check whole, only then write.

The folders beside are the datasets that come with the program.
"""
