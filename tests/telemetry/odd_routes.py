"""Routes that misbehave, beside those of the product: what telemetry has to show, on demand."""

import asyncio

from fastapi import APIRouter, FastAPI

from tembea.kernel.jobs import enqueue
from tembea.kernel.web import Public, Staff, TxDep

CANARY = "Zanele Kanarie <zanele.kanarie@canary.example> +27 82 555 7788"

router = APIRouter(prefix="/api/v1/odd")


@router.get("/crash/{name}")
async def crash(_: Public, name: str) -> None:
    """Fails with a guest's data in the message, as a library's error may."""
    raise RuntimeError(f"cannot greet {name} {CANARY}")


@router.get("/broken/{name}")
async def broken(_: Staff, name: str) -> None:
    """The same for somebody who is signed in."""
    raise RuntimeError(f"cannot greet {name} {CANARY}")


@router.get("/slow")
async def slow(_: Public, seconds: float) -> dict[str, float]:
    """Takes its time."""
    await asyncio.sleep(seconds)
    return {"seconds": seconds}


@router.get("/rows/{name}")
async def rows(_: Staff, tx: TxDep, name: str) -> dict[str, str | None]:
    """Asks the database something, with a parameter."""
    return {"name": await tx.value(str, "select %s::text", [name])}


@router.post("/promise")
async def promise(_: Staff, tx: TxDep) -> dict[str, int]:
    """Promises a job."""
    return {"job": await enqueue(tx, "test.traced", greeting="hello")}


def add_odd_routes(app: FastAPI) -> None:
    """Serve them too, before the web app's pages, which take every address."""
    before = len(app.router.routes)
    app.include_router(router)
    added = app.router.routes[before:]
    del app.router.routes[before:]
    app.router.routes[0:0] = added
