"""The helpdesk on what the demonstration agencies know: questions that it answers, and questions that it does not."""

from pathlib import Path

import pytest
import yaml

from tembea.helpdesk import Answer, HelpdeskAgent
from tembea.kernel.context import system_context
from tembea.knowledge import put_pages
from tembea.tenants import load_config, sync_tenant
from tests.app_fixtures import Platform

CLIENTS = Path(__file__).parents[2] / "clients"
QUESTIONS: dict[str, list[tuple[str, str | None]]] = yaml.safe_load(
    (Path(__file__).parent / "questions.yaml").read_text("utf-8")
)


@pytest.fixture
async def answers(platform: Platform) -> dict[str, tuple[str | None, Answer]]:
    """Each labelled question with the words that should answer it, and what was answered."""
    found: dict[str, tuple[str | None, Answer]] = {}
    for slug, questions in QUESTIONS.items():
        config = load_config(CLIENTS / slug / "config.yaml")
        key = await sync_tenant(platform.db, slug, config, CLIENTS / slug)
        ctx = system_context(key.tenant_id, key.tenant)
        async with platform.db.tx(ctx) as tx:
            await put_pages(tx, config, CLIENTS / slug)
        await platform.run_jobs()
        async with platform.db.read(ctx) as read:
            for question, wanted in questions:
                found[f"{slug}: {question}"] = (wanted, await HelpdeskAgent(config).answer(read, question))
    return found


async def test_most_questions_are_answered_and_none_that_the_knowledge_does_not_answer(
    answers: dict[str, tuple[str | None, Answer]],
) -> None:
    answerable = {question: pair for question, pair in answers.items() if pair[0] is not None}
    missed = [question for question, (wanted, answer) in answerable.items() if str(wanted) not in answer.text]
    invented = [question for question, (wanted, answer) in answers.items() if wanted is None and not answer.abstained]

    assert len(answerable) > 40
    assert len(missed) <= len(answerable) // 10, missed
    assert invented == []


async def test_every_sentence_of_an_answer_stands_in_a_passage_that_it_cites(
    answers: dict[str, tuple[str | None, Answer]],
) -> None:
    for question, (_, answer) in answers.items():
        assert bool(answer.citations) != answer.abstained, question
        assert [citation.n for citation in answer.citations] == list(range(1, len(answer.citations) + 1)), question
        text = answer.text
        for citation in answer.citations:
            said, mark, text = text.partition(f" [{citation.n}]")
            assert mark, question
            shown = " ".join(citation.passage.split())
            assert all(part.strip() in shown for part in said.split(". ")), (question, said)
