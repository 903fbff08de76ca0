"""How fast, beside others. `make bench` runs every ``bench_*.py``, which prints a table."""
