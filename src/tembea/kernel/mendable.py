"""Failures that are not the program's fault."""


class Mendable(Exception):
    """What stops a command and can be mended by the person at the terminal; the message says how. No traceback."""
