"""What all commands share: the door, errors and exits, what people type, columns of text."""
