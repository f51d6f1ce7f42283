"""The survey's answers: from what councils send back to a data package that is loaded."""
