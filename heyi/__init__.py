"""Everything around the engine: use cases, settings, command line. Rules live in ``engine``."""
