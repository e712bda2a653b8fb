"""What a log-in page may know."""

from pathlib import Path

from tembea.commands.tenants import sync_folder
from tests.app_fixtures import Agency, Platform

PIXEL = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489")


async def test_the_log_in_page_shows_the_agency_that_it_names(platform: Platform, tmp_path: Path) -> None:
    folder = tmp_path / "baobab"
    folder.mkdir()
    (folder / "logo.png").write_bytes(PIXEL)
    (folder / "config.yaml").write_text(
        "company: {name: Baobab}\ncountry: ZA\ntime_zone: Africa/Harare\ncurrency: USD\n"
        "branding: {accent: '#aa3311', logo: logo.png}\nmail: {sender_address: q@baobab.example}\n",
        encoding="utf-8",
    )
    await sync_folder(platform.db, folder)

    face = (await platform.anonymous.get("/api/v1/branding", headers={"X-Client-ID": "baobab"})).json()
    logo = await platform.anonymous.get(face["logo_url"])

    assert face["name"] == "Baobab"
    assert face["accent"] == "#aa3311"
    assert logo.content == PIXEL
    assert logo.headers["content-type"] == "image/png"


async def test_an_unknown_agency_gets_the_platforms_own_face(platform: Platform, agency: Agency) -> None:
    for name in ("nobody", "platform", "%00", "a'--"):
        face = (await platform.anonymous.get("/api/v1/branding", headers={"X-Client-ID": name})).json()
        assert face["tenant_id"] is None
    assert (await platform.anonymous.get("/api/v1/branding/nobody/logo")).status_code == 404
