"""Published workflows, catalogues, profiles, and the folders they come from."""
