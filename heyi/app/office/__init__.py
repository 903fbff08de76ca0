"""Serves operators: sets up and examines the deployment, takes scheduled rounds."""
