"""Pictures of what the analyses find, for people who would rather look than read."""
