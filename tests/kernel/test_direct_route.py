"""A route that is answered directly answers as FastAPI would: values, refusals, transactions."""

import json
from collections.abc import AsyncGenerator
from typing import Annotated

import httpx
import pytest
from fastapi import APIRouter, FastAPI, Path, Query, Request, Response
from starlette.middleware.base import RequestResponseEndpoint

from tembea.kernel.context import Context, Role
from tembea.kernel.db import Db, DbLimits, open_pool
from tembea.kernel.direct_api import DirectApi
from tembea.kernel.direct_route import DirectRoute
from tembea.kernel.embedded import Dsns
from tembea.kernel.errors import Conflict
from tembea.kernel.ids import new_id, new_request_id
from tembea.kernel.problems import CrashMiddleware, install_problem_handlers
from tembea.kernel.route_index import RouteIndex, routes_of
from tembea.kernel.web import Public, ReadDep, TxDep, Wire

router = APIRouter(prefix="/api/v1/direct")


class Thing(Wire):
    """What is answered."""

    name: str
    size: int | None = None


@router.get("/things/{number}")
async def read_thing(
    _: Public, number: Annotated[int, Path(ge=1)], tags: Annotated[list[str] | None, Query(max_length=2)] = None
) -> Thing:
    """Reads its path and a query."""
    return Thing(name=",".join(tags or []), size=number)


@router.get("/things", response_model_exclude_none=True)
async def list_things(request: Request, ctx: Public) -> list[Thing]:
    """Leaves out what is None."""
    return [Thing(name=request.url.path), Thing(name=ctx.actor_name)]


@router.get("/raw", response_model=Thing)
async def read_raw(_: Public) -> Response:
    """Answers by itself."""
    return Response(b"{}", 203, {"X-Own": "yes"}, media_type="application/json")


@router.get("/free")
async def read_anything(_: Public):
    """Has no type."""
    return {"at": [1, None]}


@router.get("/refused")
async def refuse(_: Public) -> Thing:
    """Breaks a rule."""
    raise Conflict("Not now.")


@router.get("/crashed")
async def crash(_: Public) -> Thing:
    """Breaks."""
    raise RuntimeError("never shown")


@router.get("/untrue")
async def answer_untrue(_: Public) -> Thing:
    """Answers what its type forbids."""
    return {"size": "long"}  # pyright: ignore[reportReturnType] - that is what is asked for


@router.post("/note")
async def note(tx: TxDep, fails: str = "") -> dict[str, str]:
    """Writes in the request's transaction."""
    await tx.execute("insert into noted (at) values ('once')")
    if fails == "rule":
        raise Conflict("Not now.")
    return {"size": 3} if fails == "type" else {"done": "yes"}  # pyright: ignore[reportReturnType] - also what is untrue


@router.get("/late")
async def write_late(read: ReadDep) -> dict[str, str]:
    """May not write."""
    await read.rows("insert into noted (at) values ('never') returning at")
    return {}


def served(*, directly: bool) -> FastAPI:
    app = DirectApi() if directly else FastAPI()
    install_problem_handlers(app)
    app.add_middleware(CrashMiddleware)
    if directly:
        app.router.routes.insert(0, RouteIndex(routes_of(router)))
    else:
        app.include_router(router)

    @app.middleware("http")
    async def known(request: Request, call_next: RequestResponseEndpoint) -> Response:
        request.state.request_id = "one"
        request.state.context = Context(None, None, None, "one", Role.SYSTEM, new_request_id())
        return await call_next(request)

    _ = known
    return app


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


def asking(app: FastAPI) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://t")


def test_every_route_here_is_answered_directly() -> None:
    assert all(DirectRoute.find(route) for route in routes_of(router))


def test_what_wants_more_stays_with_fastapi() -> None:
    more = APIRouter()

    @more.post("/body")
    async def with_body(_: Public, body: Thing) -> Thing:
        return body

    @more.get("/header")
    async def with_response(_: Public, response: Response) -> Thing:
        response.headers["X-Own"] = "yes"
        return Thing(name="")

    @more.get("/plain")
    def in_a_thread(_: Public) -> Thing:
        return Thing(name="")

    @more.delete("/gone", status_code=204)
    async def without_content(_: Public) -> None: ...

    _ = with_body, with_response, in_a_thread, without_content
    assert [DirectRoute.find(route) for route in routes_of(more)] == [None] * 4


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/things/7"),
        ("GET", "/things/7?tags=a&tags=b"),
        ("GET", "/things/0?tags=a&tags=b&tags=c"),
        ("GET", "/things/x"),
        ("GET", "/things"),
        ("GET", "/raw"),
        ("GET", "/free"),
        ("GET", "/refused"),
        ("GET", "/crashed"),
        ("GET", "/untrue"),
        ("GET", "/nowhere"),
        ("PUT", "/raw"),
        ("HEAD", "/raw"),
    ],
)
async def test_it_answers_as_fastapi_does(method: str, path: str) -> None:
    answers: list[httpx.Response] = []
    for directly in (True, False):
        async with asking(served(directly=directly)) as client:
            answers.append(await client.request(method, f"/api/v1/direct{path}"))
    direct, usual = answers

    assert (direct.status_code, direct.content) == (usual.status_code, usual.content)
    assert sorted(direct.headers.raw) == sorted(usual.headers.raw)


@pytest.fixture
async def noting(database: Dsns) -> AsyncGenerator[tuple[FastAPI, Db]]:
    pool = await open_pool(database.app, DbLimits(acquire_timeout_s=10))
    app = served(directly=True)
    app.state.db = Db(pool)
    await _as_owner(database, "create table noted (at text); grant select, insert on noted to tembea_app")
    yield app, app.state.db
    await pool.close()


async def _as_owner(database: Dsns, statements: str) -> None:
    import psycopg

    async with await psycopg.AsyncConnection.connect(database.owner, autocommit=True) as owner:
        await owner.execute(statements.encode())


@pytest.mark.anyio
@pytest.mark.parametrize(("fails", "status", "kept"), [("", 200, 1), ("rule", 409, 0), ("type", 500, 0)])
async def test_it_commits_once_the_answer_is_written_and_rolls_back_what_fails(
    noting: tuple[FastAPI, Db], fails: str, status: int, kept: int
) -> None:
    app, db = noting
    async with asking(app) as client:
        answer = await client.post("/api/v1/direct/note", params={"fails": fails})

    assert answer.status_code == status, answer.text
    async with db.read(Context(new_id(), "t", None, "t", Role.SYSTEM, "one")) as read:
        assert await read.value(int, "select count(*)::int from noted") == kept


@pytest.mark.anyio
async def test_a_read_may_not_write(noting: tuple[FastAPI, Db]) -> None:
    async with asking(noting[0]) as client:
        answer = await client.get("/api/v1/direct/late")

    assert answer.status_code == 500
    assert json.loads(answer.content)["code"] == "internal"
