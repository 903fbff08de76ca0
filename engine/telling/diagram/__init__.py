"""Pictures of workflows: an own layered layout to SVG, and the same in words. Pure."""
