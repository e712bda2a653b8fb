"""How fast enquiries are understood by rules alone.

Reads the mails of `evals/mails` (or of DATA_DIR, in the same format) once to warm up, which compiles the phrases of
each language, and then N times; prints mails a second and the time a mail takes, in CPU time, so that other work on the
machine does not count, and the memory that all languages take on top of the imports.

Usage: python benchmarks/understanding.py [DATA_DIR]
"""

import resource
import sys
import time
from pathlib import Path

from evals.enquiries import predict, profile_of, records

MAILS = Path(__file__).parents[1] / "evals" / "mails"
ROUNDS = 3


def memory_mb() -> float:
    """The most that this process has taken so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(arguments: list[str]) -> int:
    """Print the figures."""
    folders = [Path(argument) for argument in arguments if not argument.startswith("--")]
    told = [argument.partition("=")[2] for argument in arguments if argument.startswith("--rounds=")]
    rounds = int(told[0]) if told else ROUNDS
    folder = folders[0] if folders else MAILS
    profile, mails = profile_of(folder), list(records(folder))
    before_mb, started = memory_mb(), time.process_time()
    for mail in mails:
        predict(mail, profile)
    warm_up_s, after_mb = time.process_time() - started, memory_mb()
    times: list[float] = []
    for mail in mails * rounds:
        started = time.process_time()
        predict(mail, profile)
        times.append(time.process_time() - started)
    times.sort()
    mean_ms, p95_ms = sum(times) / len(times) * 1000, times[int(len(times) * 0.95)] * 1000
    print(f"{len(mails)} mails, {rounds} rounds; warm-up {warm_up_s:.2f} s")
    print(f"{1000 / mean_ms:.0f} mails/s on one core; mean {mean_ms:.1f} ms, p95 {p95_ms:.1f} ms")
    print(f"memory: {before_mb:.0f} MB with the imports, {after_mb - before_mb:.0f} MB more with all languages read")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
