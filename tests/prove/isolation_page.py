"""The page that the proof of isolation writes about itself."""

from datetime import UTC, datetime

from tests.prove.isolation_scene import WITHOUT_FILTER, Proof


def page(proof: Proof) -> str:
    """What was asked and seen, with whatever should not have been."""
    rows = "\n".join(f"| {what} | {count:,} |" for what, count in proof.asked.items())
    faults = "\n".join(f"- {one}" for one in (*proof.leaks[:50], *proof.unproven))
    return (
        f"""# One agency, another agency's things

What `python -m tests.prove.isolation` showed; `make prove` repeats it. {datetime.now(UTC).date()}.

Two agencies live a day: mails, quotes, rates, people, knowledge, invoices, calls, figures. The other one does so first,
and a canary then goes into {proof.columns} of its text columns ({len(proof.untouched)} hold states, codes and addresses
that rules keep as they are). Administrator, consultant and API key of the first agency, an operator and nobody then ask
every operation of the OpenAPI document.

| asked | times |
|---|---|
{rows}

- words or ids of the other agency in answers, headers and rows, and in the places below: {len(proof.leaks)}
- another's id answered otherwise than one that does not exist: {sum("and (" in one for one in proof.leaks)}

The lists and the ids in paths were asked once more with row level security off on every table: the queries' own words
hold alone.

{_places(proof)}

{_tables(proof)}

{faults}""".rstrip()
        + "\n"
    )


def _places(proof: Proof) -> str:
    rows = "\n".join(
        f"| {place} | {looked:,} | {'nowhere' if place == 'lines of log' else f'{theirs:,}'} | {astray} |"
        for place, (looked, theirs, astray) in proof.places.items()
    )
    return f"""## Besides answers

Real servers keep what the platform tells them: Redis, an endpoint with OpenAI's protocol, one with BigQuery's. The log
is the product's own, as JSON, down to DEBUG; mails are decoded, with the texts of their PDFs; warehouse requests hold
statement and parameters. Where the other agency's words belong they must stand, or looking would prove nothing.

| place | looked at | with the canary, where it belongs | with the canary elsewhere |
|---|---|---|---|
{rows}"""


def _tables(proof: Proof) -> str:
    """What each table's policy and filters are worth."""
    rows = "\n".join(_row(proof, table) for table in proof.policies)
    filters, statements = proof.ledger.filters, proof.ledger.statements
    ways = {way: sum(one.matters == way for one in filters) for way in ("alone", "behind", "")}
    shown = sum(proof.is_shown(table) for table in proof.policies)
    left = "\n".join(f"- `{table}`: {why}" for table, why in WITHOUT_FILTER.items() if not proof.is_shown(table))
    return f"""## Each policy and each filter off in turn

- *Policy*: our agency is set and the app's role counts the other's rows in the table, first with the policy (always 0),
  then with its condition removed. Fails, as it must, on {sum(seen > 0 for _, seen in proof.policies.values())} of
  {len(proof.policies)} tables. With rows made up for the purpose: `tests/tenancy/test_isolation_probes.py`.
- *Requests*: row level security is off everywhere, the queries that read the table no longer say `tenant_id = ...`, and
  our administrator asks everything that reads: how many answers then show a word or an id that only the other agency's
  rows of this table hold. With the filters as they are, none do.
- *Statements*: while the other agency works, each of its statements that names a tenant is asked in our name, with its
  rows open to be seen, and rolled back. As they stand, {len(proof.ledger.findings)} of {len(statements)} find anything.
  Then each of their {len(filters)} filters goes: {ways["alone"]} show, change or remove rows by themselves,
  {ways["behind"]} once the statement's other filters are off, too, and {ways[""]} in no way that was tried. Given are
  the table's statements in which its filter matters, of how many; those that reach it by a join alone are counted when
  the filter that they are joined to matters.

A filter or a request makes {shown} of {len(proof.policies)} tables show rows.

| table | policy removed: rows | requests | statements |
|---|---|---|---|
{rows}

Without a filter that could be removed, so that the policy's probe stands for them alone:

{left or "none"}

{_failed(proof)}"""


def _failed(proof: Proof) -> str:
    if not proof.noticed:
        return "The requests without their filters were not asked in this run."
    failed = ", ".join(proof.failed) or "none"
    return f"With the filters of all tables off, answers that failed and so may hide rows: {failed}."


def _row(proof: Proof, table: str) -> str:
    about = proof.ledger.about(table)
    matter = sum(count for way, count in about.items() if way)
    requests = proof.noticed.get(table, "not asked")
    return f"| `{table}` | {proof.policies[table][1]} | {requests} | {matter} of {about.total()} |"
