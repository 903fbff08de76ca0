"""Makes the early warning of disputes, and hints at duplicates."""
