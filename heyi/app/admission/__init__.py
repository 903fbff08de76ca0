"""May an item be handed down: verdicts, lists, reports."""
