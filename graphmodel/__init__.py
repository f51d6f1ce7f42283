"""A graph model of how councils work together.

Examples
--------
>>> import graphmodel
>>> graphmodel.__version__
'0.1.0'
"""

__version__ = "0.1.0"
