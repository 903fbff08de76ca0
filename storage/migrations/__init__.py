"""Changes of the tables, one documented module each; run by ``storage.kernel.schema.upgrade``."""
