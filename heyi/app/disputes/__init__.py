"""Early warning of disputes, and hints at duplicates."""
