"""The base of every repository: the database, transactions, tables, compiled statements."""
