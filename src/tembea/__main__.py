"""`python -m tembea`: the same as the command `tembea`."""

from tembea.cli import main

main()
