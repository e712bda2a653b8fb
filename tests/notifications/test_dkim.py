"""Mail that leaves by SMTP carries a signature that holds, where a key is configured."""

import base64
from pathlib import Path

import dkim
import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from tembea.notifications import Attachment
from tembea.notifications.service import send_mail
from tembea.providers import build_providers
from tembea.settings import SettingsError, load_settings
from tests.app_fixtures import Agency, Platform
from tests.notifications.letters import Sink, letter, mail_server, queue, smtp_providers

RECORD = b"august._domainkey.savanna-trails.example."


def new_key(folder: Path) -> tuple[Path, bytes]:
    """A private key in a file, and what its owner would publish."""
    private = generate_private_key(65537, 2048)
    path = folder / "dkim.pem"
    path.write_bytes(private.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption()))
    public = private.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return path, b"v=DKIM1; k=rsa; p=" + base64.b64encode(public)


async def test_a_signature_holds_and_breaks_when_the_mail_is_changed(
    platform: Platform, agency: Agency, tmp_path: Path
) -> None:
    path, published = new_key(tmp_path)
    dns = {RECORD: published}

    def answer(name: bytes, timeout: int = 5) -> bytes | None:
        return dns.get(name)

    pdf = Attachment("Quote.pdf", "application/pdf", bytes(range(256)) * 400)
    mail_id = await queue(platform, agency, letter(attachments=(pdf,), to_name="Naledi Õzer"))
    async with mail_server(Sink()) as sink:
        providers = smtp_providers(
            platform.settings,
            sink,
            dkim_key_file=path,
            dkim_selector="august",
            dkim_domain="savanna-trails.example",
        )
        await send_mail(agency.ctx, platform.db, providers, mail_id)

    (received,) = sink.received
    assert received.startswith(b"DKIM-Signature:")
    assert dkim.verify(received, dnsfunc=answer)
    assert not dkim.verify(received.replace(b"Your trip", b"Your grip"), dnsfunc=answer)
    assert not dkim.verify(received.replace(b"Dear Naledi", b"Dear Thabo"), dnsfunc=answer)


async def test_without_a_key_nothing_is_signed(platform: Platform, agency: Agency) -> None:
    mail_id = await queue(platform, agency)
    async with mail_server(Sink()) as sink:
        await send_mail(agency.ctx, platform.db, smtp_providers(platform.settings, sink), mail_id)

    assert b"DKIM-Signature" not in sink.received[0]


def test_a_key_without_selector_or_domain_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="TEMBEA_DKIM_SELECTOR"):
        load_settings({"TEMBEA_DKIM_KEY_FILE": str(tmp_path / "dkim.pem"), "TEMBEA_DKIM_DOMAIN": "a.example"})


@pytest.mark.parametrize(
    "content", [None, "no key", "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----"]
)
def test_a_file_without_a_usable_key_is_refused_at_the_start(
    platform: Platform, tmp_path: Path, content: str | None
) -> None:
    path = tmp_path / "dkim.pem"
    if content is not None:
        path.write_text(content)
    wanted = {"dkim_key_file": path, "dkim_selector": "august", "dkim_domain": "savanna-trails.example"}
    with pytest.raises(ValueError, match="TEMBEA_DKIM_KEY_FILE"):
        build_providers(platform.settings.model_copy(update=wanted))
