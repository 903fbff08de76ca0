"""The shell of heyi: services, settings, command line. Rules live in ``engine``."""
