"""The demonstration's log-ins: kept in the data folder, shown at every start, written down for machines on request."""

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tembea.kernel.secret_files import write_secret
from tembea.settings import Settings


@dataclass(frozen=True, slots=True)
class LogIn:
    """One person of the demonstration; `role` is admin, consultant or operator."""

    email: str
    password: str
    role: str


@dataclass(frozen=True, slots=True)
class DemoAgency:
    """One agency of the demonstration, by its slug, the address that its enquiries come to, and its people."""

    tenant_id: str
    inbound_address: str
    users: tuple[LogIn, ...]


@dataclass(frozen=True, slots=True)
class LogIns:
    """Everybody who can sign in to the demonstration."""

    operator: LogIn
    tenants: tuple[DemoAgency, ...]


def log_ins_path(data_dir: Path) -> Path:
    """Where they are kept, readable by the folder's owner alone."""
    return data_dir / "secrets" / "demo.json"


def write_log_ins(data_dir: Path, log_ins: LogIns) -> None:
    """Keep them; their being there says that the demonstration has been set up."""
    write_secret(log_ins_path(data_dir), json.dumps(asdict(log_ins), indent=2))


def read_log_ins(data_dir: Path) -> LogIns | None:
    """The kept log-ins, or None before the demonstration was set up."""
    try:
        kept = json.loads(log_ins_path(data_dir).read_text())
    except FileNotFoundError:
        return None
    agencies = (
        DemoAgency(one["tenant_id"], one["inbound_address"], tuple(LogIn(**user) for user in one["users"]))
        for one in kept["tenants"]
    )
    return LogIns(LogIn(**kept["operator"]), tuple(agencies))


def write_demo_file(path: Path, settings: Settings, log_ins: LogIns) -> None:
    """What a machine needs to try everything, in the shape of "Black-box start" in the HTTP contract, mode 0600."""
    document = {
        "base_url": settings.base_url,
        "smtp": {"host": settings.smtp_client_host, "port": settings.smtp_port},
        "operator": {"email": log_ins.operator.email, "password": log_ins.operator.password},
        "tenants": [asdict(agency) for agency in log_ins.tenants],
        "outbox_url": f"{settings.base_url}/api/v1/operator/outbox",
    }
    write_secret(path, json.dumps(document, indent=2) + "\n")


def greeting(settings: Settings, log_ins: LogIns | None) -> str:
    """What a person sees when everything runs: the address, who can sign in, and how to send an enquiry."""
    lines = ["", f"Tembea is ready at {settings.base_url}", f"Data are in {settings.data_dir}"]
    if log_ins is not None:
        lines += ["", "Sign in as"]
        people = [(agency.tenant_id, user) for agency in log_ins.tenants for user in agency.users]
        for where, person in [*people, ("platform", log_ins.operator)]:
            lines.append(f"  {where:<14} {person.role:<11} {person.email:<36} {person.password}")
        lines += _how_to_write(settings, log_ins.tenants[0].inbound_address)
    lines += ["", "Ctrl-C stops everything.", ""]
    return "\n".join(lines)


_ENQUIRY = "Hello, we are two adults and a child of 7. We would love a week in Zanzibar from {when}. Regards, Ada Moyo"


def _how_to_write(settings: Settings, address: str) -> list[str]:
    text = _ENQUIRY.format(when=_in_three_months())
    header = f"From: Ada Moyo <ada@example.com>\\nTo: {address}\\nSubject: A week in Zanzibar\\n\\n"
    smtp = f"smtp://{settings.smtp_client_host}:{settings.smtp_port}"
    return [
        "",
        "Send an enquiry by mail",
        f"  printf '{header}{text}\\n' | curl --crlf --silent --show-error {smtp} --mail-from ada@example.com "
        f"--mail-rcpt {address} --upload-file -",
        "or through the webhook",
        f"  curl {settings.base_url}/webhooks/email/inbound -F from=ada@example.com -F to={address} "
        f"-F 'subject=A week in Zanzibar' -F 'text={text}' "
        f"""-F 'envelope={{"to":["{address}"],"from":"ada@example.com"}}'""",
    ]


def _in_three_months() -> str:
    return (datetime.now(UTC) + timedelta(days=90)).strftime("%d %B %Y").lstrip("0")
