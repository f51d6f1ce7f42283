"""Reports: what the analytics and the store say, as titled tables in any format."""
