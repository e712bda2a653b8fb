"""Every setting of the installation, read from the environment once.

A variable is called as its field with `TEMBEA_` before it, unless the field says otherwise; a file `.env` in the
working directory stands in for variables that are not set. Secrets are kept as `SecretStr`, so that no log or repr
shows them; the properties below reveal them to whoever connects.
"""

import secrets
from collections.abc import Iterator, Mapping
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import NoDecode, SettingsConfigDict

from tembea.kernel.mendable import Mendable
from tembea.kernel.secret_files import has_weak_password, write_secret
from tembea.kernel.signing_key import SigningKeys, new_signing_key, split_public_keys
from tembea.limit_settings import LimitSettings

_ALL_ADDRESSES = ("", "0.0.0.0", "::")  # noqa: S104 - what somebody may have configured
_Origin = Annotated[str, Field(pattern=r"^https?://[a-z0-9.-]+(:[0-9]{1,5})?$")]
_PROJECT = Path(__file__).parents[2]
_DIFFERENT_MIN = 10
"""Different characters in a secret; fewer are a pattern."""
_Port = Annotated[int, Field(ge=1, le=65535)]
_Seconds = Annotated[float, Field(gt=0)]
_Milliseconds = Annotated[int, Field(gt=0)]


class SettingsError(Mendable):
    """The environment cannot be used; the message names each variable and what it should be."""


class Settings(LimitSettings):
    """The installation's settings, frozen. Times carry their unit in the name."""

    model_config = SettingsConfigDict(
        frozen=True,
        extra="ignore",
        env_file=".env",
        env_ignore_empty=True,
        populate_by_name=True,
        alias_generator=lambda name: f"TEMBEA_{name.upper()}",
    )

    host: str = "127.0.0.1"
    port: _Port = Field(default=8080, validation_alias="PORT")
    smtp_host: str = "127.0.0.1"
    smtp_port: _Port = 2525
    worker_metrics_port: _Port | None = None
    """Where Prometheus reads what the worker counts, on `host`, without a password; None keeps the port closed."""
    metrics_port: _Port | None = None
    """Where Prometheus reads what the API counts, on `host`, without a password; `/metrics` is then nowhere else."""
    metrics_token: SecretStr | None = None
    """The bearer token that `/metrics` of the API asks for; without it and without a port only loopback is answered."""
    serve_processes: int = Field(default=1, ge=1, le=64)
    """How many processes of the API share the port; each has a pool of database connections of its own."""
    worker_processes: int = Field(default=1, ge=1, le=64)
    """How many processes share the queue of jobs; each has a pool of database connections of its own."""
    fx_url: str | None = None
    """Where the European Central Bank's table of exchange rates is read once a day; None reads none."""
    base_url: str = ""
    cors_origins: Annotated[tuple[_Origin, ...], NoDecode] = ()
    """Origins whose pages may call the API, exactly as browsers name them."""
    trusted_proxies: Annotated[tuple[str, ...], NoDecode] = ()
    """Addresses and networks (CIDR) whose X-Forwarded-For and X-Forwarded-Proto are believed; nobody's without it."""
    client_id: str = Field(default="africastay", validation_alias="CLIENT_ID")
    """The tenant whose branding the log-in page shows and that commands mean; it never selects whose data is read."""

    data_dir: Path = Path(".tembea")
    demo_file: Path | None = None
    """Where `tembea up` writes the demonstration's addresses and log-ins, for machines."""
    migrations_dir: Path = _PROJECT / "database" / "migrations"
    clients_dir: Path = _PROJECT / "clients"
    web_dir: Path = _PROJECT / "web" / "dist"

    database: SecretStr | None = Field(default=None, validation_alias="DATABASE_URL")
    database_direct: SecretStr | None = Field(default=None, validation_alias="DATABASE_DIRECT_URL")
    """A way round the pooler, for LISTEN and migrations; without it jobs are polled for every second."""
    database_owner: SecretStr | None = Field(default=None, validation_alias="DATABASE_OWNER_URL")
    """Who owns the schema, where that is not the role of the other two."""
    redis: SecretStr | None = Field(default=None, validation_alias="REDIS_URL")
    supabase_url: str | None = Field(default=None, validation_alias="SUPABASE_URL")
    supabase_service: SecretStr | None = Field(default=None, validation_alias="SUPABASE_SERVICE_KEY")
    sentry: SecretStr | None = Field(default=None, validation_alias="SENTRY_DSN")
    otlp_endpoint: str | None = Field(default=None, validation_alias="OTEL_EXPORTER_OTLP_ENDPOINT")
    """The OpenTelemetry collector that traces go to, over HTTP; needs the extra `tembea[tracing]`."""

    mail_smtp: SecretStr | None = Field(default=None, validation_alias="MAIL_SMTP_URL")
    """The server that outgoing mail goes to, smtp[s]://user:password@host:port; the embedded outbox without it."""
    mail_when_uncertain: Literal["resend", "park"] = "resend"
    """What becomes of a mail whose sending was cut off after DATA: sent again, same Message-ID, or left to a person."""
    dkim_key_file: Path | None = None
    """The RSA private key (PEM) that outgoing mail is signed with (RFC 6376); unsigned without it."""
    dkim_selector: str = ""
    """Under which name the public key stands in the DNS: `<selector>._domainkey.<domain>`."""
    dkim_domain: str = ""
    """The domain that vouches; receivers want it to be that of the agencies' sender addresses (RFC 7489)."""
    imap: SecretStr | None = Field(default=None, validation_alias="TEMBEA_IMAP_URL")
    """Mailboxes that mail is read from, separated by blanks: imaps://user:password@host[:port][/folder][?tenant=slug]."""
    imap_poll_s: float = Field(default=30.0, ge=1, le=3600)
    """How long it is from one look into a mailbox to the next."""
    inbound_domain: str = "inbound.tembea.example"
    """The domain of `quotes+<tenant>@`, the address that every agency has without configuring one."""
    quarantine_max_messages: int = Field(default=1_000, gt=0)
    quarantine_max_bytes: int = Field(default=200_000_000, gt=0)
    """How much mail for nobody is kept for the operator; beyond either bound the oldest goes."""
    sendgrid_verification_key: str | None = Field(default=None, validation_alias="SENDGRID_VERIFICATION_KEY")
    """The public key of SendGrid's signed webhook; without it incoming webhooks are not verified."""
    webhook_tolerance_s: int = Field(default=300, ge=30, le=86_400)
    """How far from now the time stamp of a signed webhook may be; once in that time it counts."""

    signing_key: SecretStr | None = None
    """The Ed25519 private key (PEM) of access tokens; else the file below, else one made in the data folder."""
    signing_key_file: Path | None = None
    verification_keys: str = ""
    """Public keys (PEM, one after the other) of signing keys before this one, whose tokens are still believed; else the
    file below, else those that `tembea keys rotate` left in the data folder."""
    verification_keys_file: Path | None = None
    installation_key: SecretStr | None = None
    """At least 32 characters that no one can guess: customers' links and what is encrypted in the database depend on
    it, so it stays. Else the file below, else one made in the data folder."""
    installation_key_file: Path | None = None
    embedded_database: bool = False
    """Demo mode: set by `tembea up` for its children, where the database is the one that it brought along."""
    access_token_lifetime_s: int = Field(default=600, gt=0)

    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(default="INFO", validation_alias="LOG_LEVEL")
    log_json: bool = False

    request_timeout_s: _Seconds = 10.0
    db_pool_size: int = Field(default=6, ge=1, le=100)
    db_acquire_timeout_s: _Seconds = 0.25
    db_statement_timeout_ms: _Milliseconds = 2_000
    db_idle_in_transaction_timeout_ms: _Milliseconds = 5_000
    db_lock_timeout_ms: _Milliseconds = 1_000
    redis_timeout_ms: _Milliseconds = 50
    redis_max_connections: int = Field(default=20, ge=1, le=1_000)
    api_processes: int = Field(default=1, ge=1, le=1_000)
    """How many API processes share Redis: what each may admit of a limit by itself while Redis is away."""
    events_keep_s: _Seconds = 86_400.0
    """How long a stream of events that was cut off can go on where it stopped."""
    events_keep_per_tenant: int = Field(default=5_000, ge=100)
    events_heartbeat_s: _Seconds = 15.0
    events_max_streams: int = Field(default=2_000, ge=1)
    events_max_streams_per_tenant: int = Field(default=200, ge=1)
    """Open streams of events in one process."""
    registry_max_tenants: int = Field(default=200, ge=1)
    """Tenants whose agents and other heavy parts a process keeps ready."""
    readiness_check_timeout_s: _Seconds = 1.0
    bigquery_job_timeout_s: _Seconds = 1.2
    bigquery_max_bytes_billed: int = Field(default=1_000_000_000, gt=0)
    bigquery_location: str | None = None
    bigquery_emulator: str | None = Field(default=None, validation_alias="BIGQUERY_EMULATOR_HOST")
    """Where datasets are made, such as EU; and a server that stands in for BigQuery and is given no credentials."""
    warehouse_memory_mb: int = Field(default=64, ge=32, le=4_096)
    dashboard_cache_s: _Seconds = 30.0
    worker_concurrency: int = Field(default=4, ge=1, le=64)
    drain_delay_s: float = Field(default=0.0, ge=0)
    """How long a process that is told to stop goes on serving while it says that it is not ready: as long as load
    balancers take to notice, which is a period of their probes or two."""
    drain_timeout_s: _Seconds = 5.0

    @property
    def smtp_client_host(self) -> str:
        """The name under which this machine's own programs reach the mail listener."""
        return "127.0.0.1" if self.smtp_host in _ALL_ADDRESSES else self.smtp_host

    @property
    def app_dsn(self) -> str:
        """The database as the product uses it, perhaps through a transaction pooler."""
        if self.database is None:
            raise SettingsError(
                f"DATABASE_URL is not set, and no `tembea up`, which brings one, runs on {self.data_dir}."
            )
        return self.database.get_secret_value()

    @property
    def direct_dsn(self) -> str:
        """The database without a pooler in between, where one is known."""
        return _reveal(self.database_direct) or self.app_dsn

    @property
    def database_is_direct(self) -> bool:
        """Whether no pooler stands in between: only where both addresses are set, and are the same."""
        return self.database_direct is not None and self.direct_dsn == self.app_dsn

    @property
    def listening_dsn(self) -> str | None:
        """Where NOTIFY is heard; None where the only known address may be a pooler's, which cannot."""
        return _reveal(self.database_direct)

    @property
    def owner_dsn(self) -> str:
        """The database as the owner of the schema, for migrations."""
        return _reveal(self.database_owner) or self.direct_dsn

    @property
    def redis_url(self) -> str | None:
        """Redis, or None: then limits and caches live in the process."""
        return _reveal(self.redis)

    @property
    def mail_smtp_url(self) -> str | None:
        """The outgoing mail server with its password, or None."""
        return _reveal(self.mail_smtp)

    @property
    def imap_urls(self) -> tuple[str, ...]:
        """The mailboxes that mail is read from, with their passwords."""
        return tuple((_reveal(self.imap) or "").split())

    @property
    def sentry_dsn(self) -> str | None:
        """Where errors are reported, or None."""
        return _reveal(self.sentry)

    @property
    def signing_key_pem(self) -> bytes:
        """The Ed25519 private key of access tokens. Raises `SettingsError` where there is none."""
        if self.signing_key is not None:
            return self.signing_key.get_secret_value().encode()
        path = self.signing_key_path
        try:
            return path.read_bytes()
        except OSError as error:
            raise SettingsError(
                f"No signing key for access tokens: {path} cannot be read ({error.strerror}). Make one with "
                "`openssl genpkey -algorithm ed25519 -out key.pem` and set TEMBEA_SIGNING_KEY_FILE to it, "
                "the same for every process."
            ) from error

    @property
    def signing_keys(self) -> SigningKeys:
        """The key that signs and those that are still believed, as they are now. Raises `SettingsError`."""
        given = self.verification_keys.encode() or _read_if_there(self.verification_keys_path)
        return SigningKeys(self.signing_key_pem, split_public_keys(given or b""))

    @property
    def installation_secret(self) -> bytes:
        """What links and encryption depend on; an installation from before it had one goes on with its signing key."""
        return self._own_installation_key or self.signing_key_pem

    @property
    def _own_installation_key(self) -> bytes | None:
        given = _reveal(self.installation_key)
        return given.encode() if given else _read_if_there(self.installation_key_path)

    def ensure_secrets(self) -> None:
        """Make what keys are missing, in the data folder, where none are configured."""
        self.ensure_signing_key()
        if self._own_installation_key is None and self.installation_key_file is None:
            # What was made with the signing key before this key existed goes on working.
            before = self.signing_key is None and _read_if_there(self.data_dir / "prepared") is not None
            key = self.signing_key_pem.decode() if before else secrets.token_urlsafe(48)
            write_secret(self.installation_key_path, key)

    def ensure_signing_key(self) -> None:
        """Make a key in the data folder, where no key is configured and none is there yet."""
        if self.signing_key is None and self.signing_key_file is None and not self.signing_key_path.exists():
            write_secret(self.signing_key_path, new_signing_key())

    def check_secrets(self) -> None:
        """Raises `SettingsError`, naming every secret that is missing or weak; in demo mode all were made by us."""
        faults = [] if self.embedded_database else list(self._weak_secrets())
        if faults:
            raise SettingsError("\n".join(faults))

    def _weak_secrets(self) -> Iterator[str]:
        address = self.app_dsn  # where it is not even known, that is said first
        if len(set(self._own_installation_key or b"")) < _DIFFERENT_MIN or len(self._own_installation_key or b"") < 32:
            yield (
                "TEMBEA_INSTALLATION_KEY: set it, or TEMBEA_INSTALLATION_KEY_FILE, to at least 32 characters that no "
                "one can guess, the same for every process; `openssl rand -base64 48` makes them."
            )
        if has_weak_password(address):
            yield "DATABASE_URL: the database can be reached over the network, and its password is easy to guess."

    @property
    def signing_key_path(self) -> Path:
        """Where the signing key stands, unless it is in the environment."""
        return self.signing_key_file or self.data_dir / "secrets" / "signing_key.pem"

    @property
    def verification_keys_path(self) -> Path:
        """Where the public keys of earlier signing keys stand, unless they are in the environment."""
        return self.verification_keys_file or self.data_dir / "secrets" / "verification_keys.pem"

    @property
    def installation_key_path(self) -> Path:
        """Where the installation's key stands, unless it is in the environment."""
        return self.installation_key_file or self.data_dir / "secrets" / "installation_key"

    @field_validator("trusted_proxies")
    @classmethod
    def _networks(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for one in value:
            try:
                ip_network(one)
            except ValueError as error:
                raise ValueError(f"“{one}” is neither an address nor a network such as 10.0.0.0/8") from error
        return value

    @field_validator("cors_origins", "trusted_proxies", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value

    @field_validator("log_level", mode="before")
    @classmethod
    def _upper(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value

    @field_validator(
        "data_dir",
        "migrations_dir",
        "clients_dir",
        "web_dir",
        "demo_file",
        "signing_key_file",
        "verification_keys_file",
        "installation_key_file",
        "dkim_key_file",
    )
    @classmethod
    def _absolute(cls, value: Path | None) -> Path | None:
        return value.expanduser().absolute() if value else None

    @field_validator("base_url")
    @classmethod
    def _plain_address(cls, value: str) -> str:
        if value and not value.startswith(("http://", "https://")):
            raise ValueError("must begin with https:// or http://")
        return value.rstrip("/")

    @field_validator("redis")
    @classmethod
    def _redis_address(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not value.get_secret_value().startswith(("redis://", "rediss://", "unix://")):
            raise ValueError("must begin with redis://, rediss:// (TLS) or unix://")
        return value

    @model_validator(mode="after")
    def _supabase_needs_its_database(self) -> Self:
        if self.supabase_url and self.database is None:
            raise ValueError(
                "SUPABASE_URL is set, but DATABASE_URL is not. Set DATABASE_URL to the project's connection string "
                "(dashboard, Connect, transaction pooler, port 6543) and DATABASE_DIRECT_URL to the direct one (5432)."
            )
        return self

    @model_validator(mode="after")
    def _dkim_is_whole(self) -> Self:
        if self.dkim_key_file and not (self.dkim_selector and self.dkim_domain):
            raise ValueError("TEMBEA_DKIM_KEY_FILE needs TEMBEA_DKIM_SELECTOR and TEMBEA_DKIM_DOMAIN beside it.")
        return self

    @model_validator(mode="after")
    def _derive_base_url(self) -> Self:
        if not self.base_url:
            # Frozen for everybody else; here the object is still being made.
            object.__setattr__(self, "base_url", f"http://localhost:{self.port}")
        return self


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """The settings of this process, or those that `environ` alone gives. Raises `SettingsError`."""
    try:
        if environ is None:
            return Settings()
        return Settings.model_validate({name: value for name, value in environ.items() if value})
    except ValidationError as error:
        raise SettingsError("\n".join(_explain(one["loc"], one["msg"]) for one in error.errors())) from None


def _explain(loc: tuple[int | str, ...], message: str) -> str:
    """One line about one variable, without its value: it may be a secret."""
    said = message.removeprefix("Value error, ")
    return f"{loc[0]}: {said[0].lower()}{said[1:]}" if loc else said


def _reveal(secret: SecretStr | None) -> str | None:
    return secret.get_secret_value() if secret else None


def _read_if_there(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
