# The parts of yoyo 9 that Tembea uses; the library has no types of its own.
