"""Delivery status notifications as mail servers write them."""

NOTICE = """From: Mail Delivery System <MAILER-DAEMON@mx.example.net>
To: quotes@savanna-trails.example
Subject: Undelivered Mail Returned to Sender
Message-ID: <{name}@mx.example.net>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

--b1
Content-Type: text/plain; charset=us-ascii

Your message could not be delivered.

--b1
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net
Arrival-Date: Mon, 23 Nov 2026 09:00:00 +0200

Final-Recipient: rfc822; {recipient}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {diagnostic}

--b1
{returned}
--b1--
"""


def whole_message(message_id: str) -> str:
    return f"Content-Type: message/rfc822\n\nFrom: a@b.example\nMessage-ID: {message_id}\nSubject: Your trip\n\nDear\n"


def headers_only(message_id: str) -> str:
    return f"Content-Type: text/rfc822-headers\n\nFrom: a@b.example\nMessage-ID: {message_id}\nSubject: Your trip\n"


def notice(
    returned: str,
    *,
    action: str = "failed",
    status: str = "5.1.1",
    diagnostic: str = "550 5.1.1 no such user",
    recipient: str = "naledi@example.net",
    name: str = "notice-1",
) -> bytes:
    text = NOTICE.format(
        returned=returned, action=action, status=status, diagnostic=diagnostic, recipient=recipient, name=name
    )
    return text.replace("\n", "\r\n").encode()
