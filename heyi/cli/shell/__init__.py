"""The code that all commands share: settings, errors and exits, inputs, columns of text."""
