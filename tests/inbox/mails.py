"""Small factories of messages and forms."""

from email.message import EmailMessage
from email.policy import SMTP


def mail(
    *,
    sender: str = "Naledi Moeketsi <naledi@example.net>",
    to: str = "quotes@savanna-trails.example",
    subject: str = "Zanzibar in August",
    text: str = "Hello, please quote Zanzibar from 3 to 10 August 2027 for two adults.\n\nThank you\nNaledi",
    message_id: str | None = "<first@example.net>",
    **headers: str,
) -> bytes:
    """A plain message; `headers` name more headers with underscores for dashes."""
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = to
    message["Subject"] = subject
    if message_id:
        message["Message-ID"] = message_id
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message.as_bytes()
