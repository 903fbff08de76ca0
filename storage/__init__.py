"""Stores cases, events, keys, numbers and lists in SQLite or PostgreSQL.

Engine values go in and come out. What may not come in here: a clock (moments are
arguments), rules, words of the domain, and anything above this room.

``storage.work.Store`` is the door; ``storage.kernel.schema.upgrade`` makes the tables.
"""
