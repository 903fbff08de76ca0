"""What guards may read, what roles hold, who may read what."""
