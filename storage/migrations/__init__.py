"""The history of the schema, applied by itself at start."""
