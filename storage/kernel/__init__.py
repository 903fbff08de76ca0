"""What every repository stands on: the database, one transaction, tables, compiled statements."""
