"""What goes wrong with the embedded server."""

from tembea.kernel.mendable import Mendable


class EmbeddedPostgresError(Mendable):
    """The embedded server cannot run; the message names the cause and the cure, for the person at the terminal."""
