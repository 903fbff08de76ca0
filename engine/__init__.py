"""The rules of heyi: pure values and functions.

What may not come in here: a clock (``now`` is an argument), I/O, a database, a framework,
and any word of the domain (that is data in ``workflows/``).
"""
