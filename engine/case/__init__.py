"""The values of a case, its events and their fold, what a step owes, and the errors."""
