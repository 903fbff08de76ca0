"""How fast, beside others. Run by `make bench`: every `bench_*.py`, as a script that prints a table."""
