"""The page that says who may call what says it of the routes as they are."""

from scripts.access import PAGE, page


def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run make docs"


def test_the_page_tells_roles_and_scopes_apart() -> None:
    rows = {line for line in page().splitlines() if line.startswith("| ")}
    assert "| POST | `/api/v1/enquiries` |  | yes | yes |  | `enquiries:write` |" in rows
    assert "| POST | `/api/v1/api-keys` |  | yes |  |  |  |" in rows
    assert "| POST | `/api/v1/auth/login` | yes |  |  |  |  |" in rows
