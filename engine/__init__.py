"""The rules of heyi as pure values and functions, without any storage, network or clock.

What may not come in here: a clock (``now`` is an argument), I/O, a database, a framework,
and any word of the domain (that is data in ``workflows/``).
"""
