"""Knowledge: documents cut into passages, in their language, searched within one agency."""

from typing import Any

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from tembea.kernel.embedded import Dsns
from tembea.knowledge import put_document, service, store
from tembea.knowledge.chunking import MAX_CHARS, cut, sentences
from tembea.knowledge.store import LANGUAGES
from tests.app_fixtures import Agency, Platform
from tests.conftest import MIGRATIONS, TestServer

TABLE = """# Visas

Rules change.

| destination | visa |
|---|---|
| Kenya | electronic authorisation |
| Bali | on arrival, see [the site](https://visa.example) |
"""


async def put(platform: Platform, agency: Agency, title: str, text: str, *, kind: str = "text/markdown") -> None:
    async with platform.db.tx(agency.ctx) as tx:
        await put_document(tx, title=title, filename=f"{title}.md", content_type=kind, text=text)
    await platform.run_jobs()


async def found(agency: Agency, q: str, **more: int) -> list[dict[str, Any]]:
    answer = await agency.consultant.get("/api/v1/knowledge/search", params={"q": q, **more})
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


def test_a_row_of_a_table_becomes_a_sentence_that_needs_no_header() -> None:
    (chunk,) = cut(TABLE, "text/markdown", title="Visas")

    assert chunk.heading == ""
    assert chunk.passage.splitlines() == [
        "Rules change.",
        "Kenya – visa: electronic authorisation.",
        "Bali – visa: on arrival, see the site.",
    ]


def test_headings_part_passages_and_long_texts_are_cut_at_sentences() -> None:
    long = " ".join(f"Sentence number {number} says a little." for number in range(80))
    chunks = cut(f"# Page\n\nIntro.\n\n## One\n\n- a\n- b\n\n## Two\n\n{long}", "text/markdown", title="page")

    assert [(chunk.heading, chunk.passage) for chunk in chunks[:2]] == [("", "Intro."), ("One", "a\nb")]
    assert {chunk.heading for chunk in chunks[2:]} == {"Two"}
    assert all(len(chunk.passage) <= MAX_CHARS and chunk.passage.endswith("little.") for chunk in chunks[2:])
    assert " ".join(chunk.passage for chunk in chunks[2:]) == long


def test_a_text_without_an_end_is_cut_all_the_same() -> None:
    assert [len(chunk.passage) for chunk in cut("x" * 2_000, "text/plain")] == [MAX_CHARS, MAX_CHARS, 200]


def test_an_abbreviation_ends_no_sentence() -> None:
    assert sentences("Ask Dr. Smith at St. Mary. He costs R 900. Bring it.") == [
        "Ask Dr. Smith at St. Mary.", "He costs R 900.", "Bring it.",
    ]  # fmt: skip


async def test_a_document_is_listed_and_found_once_it_is_indexed(platform: Platform, agency: Agency) -> None:
    await put(platform, agency, "Visas", TABLE)

    (document,) = (await agency.consultant.get("/api/v1/knowledge/documents")).json()["items"]
    assert (document["title"], document["status"], document["chunks"]) == ("Visas", "indexed", 1)
    (passage,) = await found(agency, "kenyan visas?")  # no such form in the text: stems
    assert passage["document_id"] == document["id"]
    assert set(passage) == {"document_id", "title", "heading", "passage", "score"}
    assert await found(agency, "penguins") == []
    assert await found(agency, "?!") == []


async def test_words_are_stemmed_by_the_documents_own_language(platform: Platform, agency: Agency) -> None:
    german = """Die Anzahlung beträgt ein Viertel des Preises, und sie bestätigt die Reise. Der Rest ist dreißig Tage
        vor der Abreise zu bezahlen. Wer mit einer Karte zahlt, der findet den Link auf seiner Rechnung."""
    swahili = """Karibu sana katika kambi yetu. Tunapenda wageni wote wafurahie safari yao pamoja na familia zao kila
        mwaka. Chakula cha jioni kinaanza saa moja usiku, na vinywaji vinapatikana wakati wowote."""
    await put(platform, agency, "Zahlung", german)
    await put(platform, agency, "Karibu", swahili)
    await put(platform, agency, "Note", "Lodges hold the rooms.")  # too short to tell; the agency writes English

    listed = (await agency.consultant.get("/api/v1/knowledge/documents")).json()["items"]
    languages = {item["title"]: item["language"] for item in listed}
    assert languages == {"Zahlung": "german", "Karibu": "simple", "Note": "english"}
    assert [item["title"] for item in await found(agency, "Anzahlungen")] == ["Zahlung"]
    assert [item["title"] for item in await found(agency, "preise dreissig")] == ["Zahlung"]
    assert [item["title"] for item in await found(agency, "vinywaji")] == ["Karibu"]
    assert [item["title"] for item in await found(agency, "lodge room holding")] == ["Note"]


async def test_a_small_word_tells_nothing_where_another_language_keeps_it(platform: Platform, agency: Agency) -> None:
    odd = "Kambi at kambi, safari at safari: wageni at wote. " * 6
    await put(platform, agency, "Karibu", odd)
    await put(platform, agency, "Meals", "Dinner is served at seven in the big tent, and the bar is open until ten.")

    assert [item["title"] for item in await found(agency, "dinner at")] == ["Meals"]


async def test_an_agency_finds_nothing_of_another(platform: Platform, agency: Agency, other_agency: Agency) -> None:
    await put(platform, other_agency, "Visas", TABLE)

    assert await found(agency, "Kenya visa") == []
    assert await found(other_agency, "Kenya visa") != []


async def test_a_replaced_document_is_found_by_its_new_words_alone(platform: Platform, agency: Agency) -> None:
    await put(platform, agency, "Visas", TABLE)
    await put(platform, agency, "Visas", "Nobody needs a permit for Namibia.")

    assert len((await agency.consultant.get("/api/v1/knowledge/documents")).json()["items"]) == 1
    assert await found(agency, "Kenya") == []
    assert len(await found(agency, "Namibia")) == 1


async def test_the_same_words_again_are_no_work(platform: Platform, agency: Agency) -> None:
    await put(platform, agency, "Visas", TABLE)
    async with platform.db.tx(agency.ctx) as tx:
        await put_document(tx, title="Visas", filename="Visas.md", content_type="text/markdown", text=TABLE)
        waiting = await tx.value(str, "select status from knowledge_documents")
    assert waiting == "indexed"


async def test_documents_of_an_older_way_of_cutting_are_made_anew(
    platform: Platform, agency: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tembea.knowledge.jobs import index_waiting

    await put(platform, agency, "Visas", TABLE)
    async with platform.db.tx(agency.ctx) as tx:
        await tx.execute("delete from knowledge_chunks where tenant_id = %s", [agency.key.tenant_id])
    monkeypatch.setattr(service, "INDEX_VERSION", service.INDEX_VERSION + 1)

    await index_waiting.run(agency.ctx, platform.db, platform.app.state.providers)

    assert len(await found(agency, "Kenya")) == 1


async def test_a_document_too_long_is_refused_with_words_to_act_on(
    platform: Platform, agency: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "MAX_CHUNKS", 1)
    await put(platform, agency, "Long", "# One\n\na\n\n# Two\n\nb")

    (document,) = (await agency.consultant.get("/api/v1/knowledge/documents")).json()["items"]
    assert document["status"] == "failed"
    assert "Divide it" in document["error"]


@pytest.mark.parametrize(
    "query", [{"q": ""}, {"q": "a\x00"}, {"q": "x" * 401}, {"q": "x", "k": 0}, {"q": "x", "k": 51}]
)
async def test_a_search_that_cannot_be_read_names_its_field(agency: Agency, query: dict[str, str]) -> None:
    answer = await agency.consultant.get("/api/v1/knowledge/search", params=query)

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["loc"] in {"query.q", "query.k"}


async def test_the_list_goes_on_from_its_cursor(platform: Platform, agency: Agency) -> None:
    for number in range(3):
        await put(platform, agency, f"Page {number}", "Words.")
    first = (await agency.consultant.get("/api/v1/knowledge/documents", params={"limit": 2})).json()
    more = {"limit": 2, "cursor": first["next_cursor"]}
    second = (await agency.consultant.get("/api/v1/knowledge/documents", params=more)).json()

    titles = [item["title"] for page in (first, second) for item in page["items"]]
    assert titles == ["Page 2", "Page 1", "Page 0"]
    assert second["next_cursor"] is None
    for cursor in ("x", "W10", "WyJub3QtYS11dWlkIl0"):
        refused = await agency.consultant.get("/api/v1/knowledge/documents", params={"cursor": cursor})
        assert refused.status_code == 422


async def test_a_language_that_the_search_does_not_know_cannot_be_stored(platform: Platform, agency: Agency) -> None:
    await put(platform, agency, "Visas", "# Visas\n\nKenya wants an electronic authorisation.")

    for table in ("knowledge_documents", "knowledge_chunks"):
        for language in LANGUAGES.values():  # whatever indexing writes is welcome
            async with platform.db.tx(agency.ctx) as tx:
                await tx.execute(f"update {table} set language = %s", [language])
        with pytest.raises(psycopg.errors.CheckViolation):
            async with platform.db.tx(agency.ctx) as tx:
                await tx.execute(f"update {table} set language = 'klingon'")


async def test_languages_from_before_the_rule_are_put_right_and_the_search_goes_on(
    platform: Platform, agency: Agency, other_agency: Agency, postgres: TestServer, database: Dsns
) -> None:
    told = {"klingon": "simple", "en": "english", "de-AT": "german", "French": "french", "esperanto": "simple"}
    for word in told:
        await put(platform, agency, word, f"# Visas for {word}\n\nKenya wants an electronic authorisation.")
    await put(platform, other_agency, "xx", "# Visas\n\nKenya wants an electronic authorisation.")
    with psycopg.connect(postgres.dsn_superuser(str(conninfo_to_dict(database.owner)["dbname"]))) as root:
        for table in ("knowledge_documents", "knowledge_chunks"):
            root.execute(f"alter table {table} drop constraint {table}_language_check")  # pyright: ignore[reportArgumentType] - two names
        root.execute("update knowledge_documents set language = title")
        root.execute(
            "update knowledge_chunks c set language = d.title from knowledge_documents d"
            " where (d.tenant_id, d.id) = (c.tenant_id, c.document_id)"
        )

    with psycopg.connect(database.owner, autocommit=True) as owner:
        for _ in range(2):
            owner.execute((MIGRATIONS / "042_knowledge_languages.sql").read_bytes())

    documents = (await agency.admin.get("/api/v1/knowledge/documents")).json()["items"]
    assert {one["title"]: one["language"] for one in documents} == told
    assert len(await found(agency, "electronic authorisation for Kenya", k=10)) == len(told)
    assert len(await found(other_agency, "electronic authorisation for Kenya")) == 1
    async with platform.db.read(agency.ctx) as read:
        assert len(await store.list_outdated(read, service.INDEX_VERSION, 10)) == len(told)
