"""Published workflows and catalogues: versions that never change."""
