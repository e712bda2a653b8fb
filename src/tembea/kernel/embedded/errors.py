"""What goes wrong with the embedded server."""


class EmbeddedPostgresError(Exception):
    """The embedded server cannot run; the message names the cause and the cure, for the person at the terminal."""
