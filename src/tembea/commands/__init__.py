"""The commands' bodies: what `tembea ...` does, one module a noun. `cli.py` gives them their names and options."""
