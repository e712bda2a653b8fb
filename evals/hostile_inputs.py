"""Drives a running platform with hostile input: `python evals/hostile_inputs.py DATA_DIR DEMO_FILE [EVERY]`.

DATA_DIR holds `naughty_strings.json`, `web_payloads.jsonl` and `prompt_injections.jsonl`, at the top or under `dev/`.
DEMO_FILE is what `tembea up` wrote for machines (`TEMBEA_DEMO_FILE`); EVERY 10 takes each tenth text. A text goes in as
a client's name, an enquiry's words, a quote, a search, a cursor, a path and a header. What comes back must be the same
text or a refusal: a 5xx, a text that was changed, or a refusal that is no problem document is a finding, and exits 1.
"""

import asyncio
import json
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from httpx import AsyncClient, HTTPError, InvalidURL, Response

AT_ONCE = 4
OWN = ["\x00", "a\x00b", "\ud800", "a\udfffb", "\u202eevil", "\u200f", "\ufeff", "\u2028", "\r\nX: y", "x" * 1_000_000]


class Findings:
    """Counts of what came back, and the first findings in words."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.bad: list[str] = []

    def note(self, what: str, answer: Response, text: str, *, kept: str | None = None) -> None:
        """Judge one answer; `kept` is what the platform says it stored, where it stored anything."""
        self.counts[f"{what} {answer.status_code}"] += 1
        problem = answer.headers.get("content-type", "").startswith("application/problem+json")
        if answer.status_code >= 500 or (answer.status_code >= 400 and not problem):
            self.bad.append(f"{what} {answer.status_code} for {text[:80]!r}: {answer.text[:200]}")
        if kept is not None and kept != text.strip():
            self.bad.append(f"{what} kept {kept[:80]!r} for {text[:80]!r}")


def texts(folder: Path) -> list[str]:
    """Every hostile text of the data folder."""
    at = folder if (folder / "naughty_strings.json").exists() else folder / "dev"
    naughty: list[str] = json.loads((at / "naughty_strings.json").read_text("utf-8"))
    lines = [
        json.loads(line)
        for name in ("web_payloads.jsonl", "prompt_injections.jsonl")
        for line in (at / name).read_text("utf-8").split("\n")
        if line.strip()
    ]
    found = [*naughty, *(str(line.get("payload") or line.get("text") or "") for line in lines)]
    return list(dict.fromkeys(found))


def encoded(body: Mapping[str, object]) -> bytes:
    """JSON with every character escaped, so that lone surrogates travel too."""
    return json.dumps(body, ensure_ascii=True).encode()


async def patiently(client: AsyncClient, method: str, url: str, **sent: object) -> Response:
    """One request; a rate limit is waited for, as it says."""
    while True:
        answer = await client.request(method, url, **sent)  # pyright: ignore[reportArgumentType] - httpx's own names
        if answer.status_code != 429:
            return answer
        await asyncio.sleep(min(float(answer.headers.get("retry-after", "1")), 60))


async def drive(client: AsyncClient, text: str, found: Findings) -> None:
    """One text through every door."""
    headers = {"Content-Type": "application/json"}
    made = await patiently(client, "POST", "/api/v1/crm/clients", content=encoded({"name": text}), headers=headers)
    kept = made.json()["name"] if made.status_code == 201 else None
    found.note("client created", made, text, kept=kept)
    if made.status_code == 201:
        url, body = f"/api/v1/crm/clients/{made.json()['id']}", encoded({"name": "Changed " + text})
        changed = await patiently(client, "PATCH", url, content=body, headers=headers)
        name = changed.json()["name"] if changed.status_code == 200 else None
        found.note("client changed", changed, "Changed " + text, kept=name)
    enquiry = encoded({"channel": "web", "from_name": "Ann", "text": text})
    asked = await patiently(client, "POST", "/api/v1/enquiries/parse", content=encoded({"text": text}), headers=headers)
    found.note("enquiry parsed", asked, text)
    found.note("enquiry", await patiently(client, "POST", "/api/v1/enquiries", content=enquiry, headers=headers), text)
    wanted = {"customer": {"name": text}, "destination": text, "check_in": "2027-08-03", "nights": 3, "adults": 2}
    quoted = await patiently(client, "POST", "/api/v1/quotes/generate", content=encoded(wanted), headers=headers)
    found.note("quote", quoted, text)
    await drive_addresses(client, text, found)


async def drive_addresses(client: AsyncClient, text: str, found: Findings) -> None:
    """The same text in queries, paths and headers; what no client can send is left out."""
    short = text.encode("utf-8", "surrogatepass")[:2_000]
    for path in ("/api/v1/crm/clients", "/api/v1/quotes", "/api/v1/enquiries", "/api/v1/mail"):
        found.note("search", await patiently(client, "GET", f"{path}?q={quote(short)}"), text)
        found.note("cursor", await patiently(client, "GET", f"{path}?cursor={quote(short)}"), text)
    for path in ("crm/clients", "quotes", "enquiries", "rates/contracts"):
        answer = await patiently(client, "GET", f"/api/v1/{path}/{quote(short, safe='')}")
        found.note("path", answer, text)
    for name in ("Idempotency-Key", "X-Request-ID", "User-Agent", "X-Client-ID", "Accept-Language"):
        try:
            headers = {name.encode(): short.replace(b"\r", b"").replace(b"\n", b"")[:500]}
            found.note(f"header {name}", await patiently(client, "GET", "/api/v1/auth/me", headers=headers), text)
        except (HTTPError, InvalidURL, ValueError):
            found.counts[f"header {name} not sent"] += 1


async def main(everything: list[str], door: dict[str, Any]) -> int:
    """Everything through everything; prints the counts and the findings."""
    person = door["tenants"][0]["users"][0]
    found = Findings()
    async with AsyncClient(base_url=door["base_url"], timeout=60) as client:
        signed_in = await client.post(
            "/api/v1/auth/login", json={"email": person["email"], "password": person["password"]}
        )
        client.headers["Authorization"] = f"Bearer {signed_in.json()['access_token']}"
        gate = asyncio.Semaphore(AT_ONCE)

        async def one(text: str) -> None:
            async with gate:
                await drive(client, text, found)

        await asyncio.gather(*(one(text) for text in everything))
    print(f"{len(everything)} texts")
    for what, count in sorted(found.counts.items()):
        print(f"  {what:32} {count}")
    print(f"findings: {len(found.bad)}")
    for line in found.bad[:40]:
        print(f"  {line}")
    return 1 if found.bad else 0


if __name__ == "__main__":
    every = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    demo = json.loads(Path(sys.argv[2]).read_text("utf-8"))
    sys.exit(asyncio.run(main([*OWN, *texts(Path(sys.argv[1]))[::every]], demo)))
