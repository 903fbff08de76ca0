"""What a case is: its values, its events and their fold, what a step owes, what may go wrong."""
