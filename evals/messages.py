"""Scores the taking apart of messages: `python evals/messages.py DATA_DIR [--errors]`.

DATA_DIR holds `eml/` with `EXPECTED_SILVER.jsonl` (subject, from, text, number of attachments) and
`reply_emails.jsonl` (a mail and its new text), at the top or under `dev/`. Text is compared without white space.
"""

import json
import re
import sys
from collections import Counter
from pathlib import Path

from pydantic import JsonValue

from tembea.inbox.markup import html_to_text
from tembea.inbox.message import parse_message
from tembea.inbox.understand import new_text

Record = dict[str, JsonValue]


def squeezed(text: str) -> str:
    """Text with all white space as single spaces."""
    return re.sub(r"\s+", " ", text).strip()


def rows(file: Path) -> list[Record]:
    """The objects of a JSON Lines file."""
    return [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]


def score_messages(folder: Path, *, list_errors: bool) -> None:
    """Subject, sender, text and attachments of every message in the folder."""
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for row in rows(folder / "EXPECTED_SILVER.jsonl"):
        expected = row["expected"]
        assert isinstance(expected, dict)
        message = parse_message((folder / str(row["file"])).read_bytes())
        senders = expected["from"]
        assert isinstance(senders, list)
        # The expected text is the plain parts' alone; where there are none, ours comes from the HTML: not compared.
        text = None if message.html and not expected["text"] else expected["text"]
        addresses = [message.sender.address] if message.sender else []
        checks: dict[str, bool | None] = {
            "subject": squeezed(str(expected["subject"])) == squeezed(message.subject),
            "from": [str(one).casefold() for one in senders] == [one.casefold() for one in addresses],
            "attachments": expected["n_att"] == len(message.attachments),
            "text": None if text is None else squeezed(message.text)[:400].strip() == squeezed(str(text))[:400].strip(),
        }
        for name, holds in checks.items():
            asked[name] += holds is not None
            right[name] += bool(holds)
            if holds is False and list_errors:
                print(f"  {row['file']} {name}: {str(expected.get(name, expected['n_att']))[:150]!r}")
                print(f"     read {str(getattr(message, name, addresses))[:150]!r}")
    print("messages: " + ", ".join(f"{name} {right[name]}/{asked[name]}" for name in asked))


def score_replies(file: Path, *, list_errors: bool) -> None:
    """How many replies are freed of what they quote."""
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for row in rows(file):
        kind, text = str(row["kind"]), str(row["text"])
        if "expected_reply" not in row:
            continue
        read = new_text(html_to_text(text) if kind == "html" else text)
        holds = squeezed(read) == squeezed(str(row["expected_reply"]))
        asked[kind] += 1
        right[kind] += holds
        if not holds and list_errors:
            print(f"  {row['id']}: expected {squeezed(str(row['expected_reply']))!r}, read {squeezed(read)!r}")
    print("replies: " + ", ".join(f"{kind} {right[kind]}/{asked[kind]}" for kind in asked))


def main(arguments: list[str]) -> int:
    """Print the counts; 0 also where there is nothing to score."""
    folders = [Path(argument) for argument in arguments if not argument.startswith("--")]
    data = next((place for folder in folders for place in (folder, folder / "dev") if (place / "eml").is_dir()), None)
    if data is None:
        print("skipped: no folder with eml/ and reply_emails.jsonl was given")
        return 0
    score_messages(data / "eml", list_errors="--errors" in arguments)
    score_replies(data / "reply_emails.jsonl", list_errors="--errors" in arguments)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
