"""Settings: defaults that work without a key, one clear message for a wrong variable, no secret in sight."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from pydantic import ValidationError

from tembea.kernel.signing_key import rotate
from tembea.settings import SettingsError, load_settings


def test_an_empty_environment_is_enough() -> None:
    settings = load_settings({})
    assert (settings.port, settings.smtp_port, settings.base_url) == (8080, 2525, "http://localhost:8080")
    assert settings.data_dir == Path.cwd() / ".tembea"
    assert (settings.migrations_dir / "001_foundation.sql").is_file()


def test_the_process_s_environment_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text("PORT=9001\nTEMBEA_SMTP_PORT=2600\n")
    monkeypatch.setenv("PORT", "9000")
    monkeypatch.setenv("LOG_LEVEL", "debug")
    settings = load_settings()
    assert (settings.port, settings.smtp_port, settings.log_level) == (9000, 2600, "DEBUG")


def test_a_variable_that_is_set_to_nothing_counts_as_unset() -> None:
    assert load_settings({"PORT": "", "DATABASE_URL": ""}).port == 8080


@pytest.mark.parametrize(
    ("environ", "message"),
    [
        ({"PORT": "eighty"}, "PORT: input should be a valid integer"),
        ({"PORT": "70000"}, "PORT: input should be less than or equal to 65535"),
        ({"TEMBEA_REQUEST_TIMEOUT_S": "0"}, "TEMBEA_REQUEST_TIMEOUT_S: input should be greater than 0"),
        ({"LOG_LEVEL": "loud"}, "LOG_LEVEL: input should be 'DEBUG', 'INFO', 'WARNING' or 'ERROR'"),
        ({"TEMBEA_BASE_URL": "tembea.app"}, "TEMBEA_BASE_URL: must begin with https://"),
        ({"SUPABASE_URL": "https://x.supabase.co"}, "SUPABASE_URL is set, but DATABASE_URL is not. Set DATABASE_URL"),
    ],
)
def test_a_wrong_value_is_refused_with_the_name_of_its_variable(environ: dict[str, str], message: str) -> None:
    with pytest.raises(SettingsError) as raised:
        load_settings(environ)
    assert message in str(raised.value)
    assert len(str(raised.value).splitlines()) == 1


def test_every_wrong_variable_is_named_at_once() -> None:
    with pytest.raises(SettingsError) as raised:
        load_settings({"PORT": "x", "TEMBEA_SMTP_PORT": "y"})
    assert [line.split(":")[0] for line in str(raised.value).splitlines()] == ["PORT", "TEMBEA_SMTP_PORT"]


def test_secrets_are_not_shown() -> None:
    secret = "postgresql://me:hunter2@db/tembea"
    settings = load_settings(
        {"DATABASE_URL": secret, "MAIL_SMTP_URL": "smtp://me:hunter2@mail", "REDIS_URL": "redis://:hunter2@r"}
    )
    assert "hunter2" not in repr(settings) + str(settings.model_dump())
    assert (settings.app_dsn, settings.mail_smtp_url) == (secret, "smtp://me:hunter2@mail")


def test_settings_do_not_change() -> None:
    with pytest.raises(ValidationError):
        load_settings({}).port = 1


def test_migrations_go_to_the_owner_then_the_direct_address_then_the_pooler() -> None:
    pooled = {"DATABASE_URL": "postgresql://pooler/d"}
    direct = {**pooled, "DATABASE_DIRECT_URL": "postgresql://direct/d"}
    owner = {**direct, "DATABASE_OWNER_URL": "postgresql://owner@direct/d"}
    assert load_settings(pooled).owner_dsn == load_settings(pooled).direct_dsn == "postgresql://pooler/d"
    assert load_settings(direct).owner_dsn == load_settings(direct).direct_dsn == "postgresql://direct/d"
    assert load_settings(owner).owner_dsn == "postgresql://owner@direct/d"
    assert load_settings(owner).app_dsn == "postgresql://pooler/d"


def test_without_a_database_the_address_is_asked_for() -> None:
    with pytest.raises(SettingsError, match="DATABASE_URL is not set"):
        _ = load_settings({}).app_dsn


def test_the_signing_key_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    settings = load_settings({"TEMBEA_DATA_DIR": str(tmp_path / "data")})
    with pytest.raises(SettingsError, match="openssl genpkey"):
        _ = settings.signing_key_pem
    settings.ensure_signing_key()
    first = settings.signing_key_pem
    settings.ensure_signing_key()
    assert settings.signing_key_pem == first
    assert isinstance(load_pem_private_key(first, password=None), Ed25519PrivateKey)
    assert (tmp_path / "data" / "secrets" / "signing_key.pem").stat().st_mode & 0o777 == 0o600


def test_a_configured_signing_key_is_used_and_none_is_made(tmp_path: Path) -> None:
    key = tmp_path / "key.pem"
    key.write_text("PEM")
    settings = load_settings({"TEMBEA_DATA_DIR": str(tmp_path / "data"), "TEMBEA_SIGNING_KEY_FILE": str(key)})
    settings.ensure_signing_key()
    assert settings.signing_key_pem == b"PEM"
    assert not (tmp_path / "data").exists()


STRONG = {"TEMBEA_INSTALLATION_KEY": "0123456789abcdefghijklmnopqrstuvwxyz", "DATABASE_URL": "postgresql:///tembea"}


def test_outside_demo_mode_a_missing_or_weak_secret_is_refused_and_named(tmp_path: Path) -> None:
    folder = {"TEMBEA_DATA_DIR": str(tmp_path / "data"), "DATABASE_URL": "postgresql://tembea@localhost/tembea"}
    weak = {
        "TEMBEA_INSTALLATION_KEY": [{}, {"TEMBEA_INSTALLATION_KEY": "short"}, {"TEMBEA_INSTALLATION_KEY": "x" * 64}],
        "DATABASE_URL": [
            {**STRONG, "DATABASE_URL": "postgresql://tembea:tembea@db.example/tembea"},
            {**STRONG, "DATABASE_URL": "postgresql://tembea:aaaaaaaaaaaaaaaa@db.example/tembea"},
        ],
    }
    for variable, environs in weak.items():
        for environ in environs:
            with pytest.raises(SettingsError, match=variable):
                load_settings({**folder, **environ}).check_secrets()

    load_settings({**folder, **STRONG}).check_secrets()
    load_settings({**folder, **STRONG, "DATABASE_URL": "postgresql://t:tembea@localhost/t"}).check_secrets()


def test_demo_mode_is_the_database_that_comes_along_and_has_keys_of_its_own(tmp_path: Path) -> None:
    settings = load_settings({"TEMBEA_DATA_DIR": str(tmp_path / "data"), "TEMBEA_EMBEDDED_DATABASE": "true"})
    settings.check_secrets()
    settings.ensure_secrets()
    key = tmp_path / "data" / "secrets" / "installation_key"
    assert len(settings.installation_secret) >= 32
    assert key.stat().st_mode & 0o777 == 0o600
    first = settings.installation_secret
    settings.ensure_secrets()
    assert settings.installation_secret == first


def test_an_installation_from_before_keeps_its_links_when_its_signing_key_rotates(tmp_path: Path) -> None:
    data = tmp_path / "data"
    settings = load_settings({"TEMBEA_DATA_DIR": str(data)})
    settings.ensure_signing_key()
    (data / "prepared").write_text("it has been started before")
    before = settings.installation_secret

    settings.ensure_secrets()
    rotate(settings.signing_key_path, settings.verification_keys_path)

    assert settings.installation_secret == before != settings.signing_key_pem


def test_a_rotation_keeps_two_public_keys_and_no_private_one(tmp_path: Path) -> None:
    settings = load_settings({"TEMBEA_DATA_DIR": str(tmp_path / "data")})
    settings.ensure_signing_key()
    names = [settings.signing_key_pem]
    for _ in range(3):
        rotate(settings.signing_key_path, settings.verification_keys_path)
        names.append(settings.signing_key_pem)

    assert len(set(names)) == 4
    assert len(settings.signing_keys.previous) == 2
    assert b"PRIVATE" not in settings.verification_keys_path.read_bytes()


def test_earlier_keys_may_come_from_the_environment(tmp_path: Path) -> None:
    settings = load_settings({"TEMBEA_DATA_DIR": str(tmp_path / "data")})
    settings.ensure_signing_key()
    rotate(settings.signing_key_path, settings.verification_keys_path)
    pem = settings.verification_keys_path.read_text()
    given = load_settings({"TEMBEA_SIGNING_KEY": settings.signing_key_pem.decode(), "TEMBEA_VERIFICATION_KEYS": pem})
    assert given.signing_keys == settings.signing_keys
