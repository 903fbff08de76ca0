"""Shows workflows to people: as sentences and as diagrams."""
