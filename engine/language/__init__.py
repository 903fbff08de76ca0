"""What a file may say: the reader, the models of every part, expressions, codes of findings."""
