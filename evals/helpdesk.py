"""Scores the helpdesk: `python evals/helpdesk.py DATA_DIR [--limit=N]`.

DATA_DIR holds `dev/sktod_qa.jsonl` (questions about hotels and restaurants, each with its place and the documents that
answer it) and `corpora/sktod_corpus.jsonl` (their reviews and answers). Each place becomes an agency of its own on a
database made for this run; a question is searched within its agency alone. Prints how well documents are ranked, beside
a plain BM25, how many of these questions are answered, and how many answers cite a document that is right.
"""

import asyncio
import json
import math
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from pydantic import JsonValue

from tembea.helpdesk import HelpdeskAgent
from tembea.kernel.context import Context, system_context
from tembea.kernel.db import Db, DbLimits, open_pool
from tembea.kernel.embedded import EmbeddedPostgres
from tembea.kernel.migrations import migrate
from tembea.knowledge import index_document, put_document, search
from tembea.tenants import TenantConfig, sync_tenant

Record = dict[str, JsonValue]
MIGRATIONS = Path(__file__).parents[1] / "database" / "migrations"
BASELINE = "plain BM25: nDCG@10 0.596, R@5 0.549, P@1 0.436"
K = 10


@dataclass
class Score:
    """Sums over the questions."""

    asked: int = 0
    ndcg: float = 0.0
    recall: float = 0.0
    first: int = 0
    took_s: list[float] = field(default_factory=list[float])
    answered: int = 0
    grounded: int = 0


def rows(file: Path) -> list[Record]:
    """The objects of a JSON Lines file."""
    return [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]


def config_of(slug: str) -> TenantConfig:
    """An agency that stands for one place."""
    return TenantConfig.model_validate(
        {
            "company": {"name": slug},
            "country": "GB",
            "time_zone": "Europe/London",
            "currency": "GBP",
            "mail": {"sender_address": f"desk@{slug}.example"},
        }
    )


async def load(db: Db, corpus: list[Record]) -> tuple[dict[str, Context], dict[UUID, str]]:
    """Every place as an agency with its documents indexed; their contexts, and the corpus's names of documents."""
    by_tenant: dict[str, list[Record]] = defaultdict(list)
    for record in corpus:
        by_tenant[str(record["tenant"])].append(record)
    contexts: dict[str, Context] = {}
    names: dict[UUID, str] = {}
    for slug, documents in by_tenant.items():
        key = await sync_tenant(db, slug, config_of(slug))
        contexts[slug] = system_context(key.tenant_id, key.tenant)
        async with db.tx(contexts[slug]) as tx:
            for document in documents:
                sentences = document["sentences"]
                assert isinstance(sentences, list)
                document_id = await put_document(
                    tx,
                    title=f"{document['entity']} {document['title'] or ''}".strip(),
                    filename=str(document["id"]),
                    content_type="text/plain",
                    text="\n\n".join(str(sentence) for sentence in sentences),
                )
                await index_document(tx, document_id)
                names[document_id] = str(document["id"])
    return contexts, names


async def ask(db: Db, ctx: Context, names: dict[UUID, str], row: Record, score: Score) -> None:
    """Search for one question and let the agent answer it."""
    question, gold = str(row["question"]), row["gold"]
    wanted = set(gold) if isinstance(gold, dict) else set[str]()
    async with db.read(ctx) as read:
        started = time.perf_counter()
        found = await search(read, question, K)
        score.took_s.append(time.perf_counter() - started)
        answer = await HelpdeskAgent(config_of(ctx.tenant_slug)).answer(read, question)
    ranked = list(dict.fromkeys(names[passage.document_id] for passage in found.passages))
    gains = [1 / math.log2(place + 2) for place, name in enumerate(ranked) if name in wanted]
    ideal = sum(1 / math.log2(place + 2) for place in range(min(K, len(wanted))))
    score.asked += 1
    score.ndcg += sum(gains) / ideal
    score.recall += len(wanted.intersection(ranked[:5])) / len(wanted)
    score.first += bool(ranked) and ranked[0] in wanted
    score.answered += not answer.abstained
    score.grounded += any(names[citation.document_id] in wanted for citation in answer.citations)


async def evaluate(app_dsn: str, data: Path, limit: int) -> Score:
    """Load everything and ask everything that is about one place."""
    pool = await open_pool(app_dsn, DbLimits(acquire_timeout_s=10, statement_timeout_ms=30_000))
    score = Score()
    try:
        db = Db(pool)
        contexts, names = await load(db, rows(data / "corpora" / "sktod_corpus.jsonl"))
        for row in rows(data / "dev" / "sktod_qa.jsonl")[:limit]:
            tenants = row.get("tenants")
            if isinstance(tenants, list) and len(tenants) == 1:
                await ask(db, contexts[str(tenants[0])], names, row, score)
    finally:
        await pool.close()
    return score


def report(score: Score) -> None:
    """Print the figures beside the baseline's."""
    n = max(score.asked, 1)
    took = sorted(score.took_s)
    print(f"{score.asked} questions about one place that documents answer")
    print(f"Tembea:     nDCG@10 {score.ndcg / n:.3f}, R@5 {score.recall / n:.3f}, P@1 {score.first / n:.3f}")
    print(BASELINE)
    right = score.grounded / max(1, score.answered)
    print(f"answered {score.answered / n:.3f}, of these citing a right document {right:.3f}")
    print(f"search: p50 {took[len(took) // 2] * 1000:.1f} ms, p95 {took[int(len(took) * 0.95)] * 1000:.1f} ms")


def main(arguments: list[str]) -> int:
    """Print the scores; 0 also where there is nothing to score."""
    folders = [Path(argument) for argument in arguments if not argument.startswith("--")]
    limits = [int(argument.partition("=")[2]) for argument in arguments if argument.startswith("--limit=")]
    data = next((folder for folder in folders if (folder / "dev" / "sktod_qa.jsonl").is_file()), None)
    if data is None:
        print("skipped: no folder with dev/sktod_qa.jsonl and corpora/sktod_corpus.jsonl was given")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        server = EmbeddedPostgres(Path(folder) / "data", settings={"fsync": "off", "synchronous_commit": "off"})
        server.start()
        try:
            migrate(server.dsn_owner, MIGRATIONS)
            report(asyncio.run(evaluate(server.dsn_app, data, limits[0] if limits else sys.maxsize)))
        finally:
            server.stop()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
