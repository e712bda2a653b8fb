"""Who may read the figures."""

from httpx import ASGITransport, AsyncClient
from pydantic import SecretStr

from tembea.settings import Settings
from tests.app_fixtures import Platform, running_platform


def from_address(platform: Platform, host: str) -> AsyncClient:
    return AsyncClient(transport=ASGITransport(platform.app, client=(host, 5_000)), base_url="http://tembea.test")


async def test_without_token_and_port_only_this_machine_is_answered(platform: Platform) -> None:
    for host, status in (("127.0.0.1", 200), ("::1", 200), ("10.1.2.3", 404), ("128.0.0.1", 404)):
        answer = await from_address(platform, host).get("/metrics")
        assert answer.status_code == status, host
    through_proxy = await from_address(platform, "127.0.0.1").get("/metrics", headers={"X-Forwarded-For": "10.1.2.3"})
    assert through_proxy.status_code == 404


async def test_a_token_is_asked_for_from_everywhere(settings: Settings) -> None:
    with_token = settings.model_copy(update={"metrics_token": SecretStr("scrape-me")})
    async with running_platform(with_token) as platform:
        client = from_address(platform, "10.1.2.3")
        right = await client.get("/metrics", headers={"Authorization": "Bearer scrape-me"})
        wrong = await client.get("/metrics", headers={"Authorization": "Bearer scrape-you"})
        odd = await client.get("/metrics", headers=[(b"authorization", "Bearer é".encode())])
        none = await from_address(platform, "127.0.0.1").get("/metrics")
    assert right.status_code == 200
    assert right.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert "tembea_build_info" in right.text
    assert wrong.status_code == none.status_code == odd.status_code == 401
    assert none.headers["www-authenticate"] == "Bearer"


async def test_with_a_port_of_their_own_they_are_nowhere_else(settings: Settings) -> None:
    async with running_platform(settings.model_copy(update={"metrics_port": 9_999})) as platform:
        assert (await from_address(platform, "127.0.0.1").get("/metrics")).status_code == 404


async def test_the_api_does_not_claim_what_the_worker_measures(platform: Platform) -> None:
    text = (await platform.anonymous.get("/metrics")).text
    assert "tembea_http_request_duration_seconds_bucket" in text
    assert "tembea_mail_oldest_unprocessed_seconds" not in text
