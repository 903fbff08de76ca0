"""The command line: reads arguments, asks a service, prints. No rule lives here."""
