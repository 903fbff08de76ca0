"""Says which posts permit which act of the office, and writes each into its chain."""
