"""The web application for browsers and monitors; it uses services through the bootstrap alone."""
