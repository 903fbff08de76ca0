"""The use cases: each loads, looks up, decides and saves in one transaction."""
