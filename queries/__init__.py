"""The catalogue of questions, one Cypher file each."""
