"""Analytics on NetworkX graphs: each a function from a graph to a typed result."""
