"""What all commands share: the shell, errors and exits, what people type, columns of text."""
