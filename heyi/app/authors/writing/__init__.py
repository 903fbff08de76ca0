"""The writing room: what a code means, a file to begin with, layout, tables as sheets, schema."""
