"""The command line: reads arguments, asks a service, prints. It holds no rules."""
