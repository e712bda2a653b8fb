"""Notifications: the agency's outgoing mail, from a draft to the message that left.

Owns `outgoing_mails`, `mail_reports`, `mail_suppressions`.
Invariants: a mail is stored whole, with its Message-ID, before anything is sent; its sending is promised in the same
transaction; it leaves exactly once into the embedded outbox, and over SMTP again only under the same Message-ID after a
break of which nobody knows the outcome; a draft leaves only when a person lets it; a held mail is let go or taken back,
exactly one of the two; nothing goes to an address on the agency's suppression list.
Verbs: `queue_mail`, `queue_mail_now`, `hold_mail`, `release_mail`, `take_back_mail`, `find_held_mail`, `release_draft`,
`discard_drafts`, `list_mails_of_enquiry`, `get_mail`, `find_correspondence`, `is_ours`, `suppress`; for what comes back
`find_mail`, `find_mails`, `take_report`; for the operator of an installation without a mail server `list_outbox` and
`get_outbox_raw`.
Jobs: `mail.send`, `mail.release`.
"""

from tembea.notifications.held_store import find_held_mail
from tembea.notifications.holding import hold_mail, release_mail, take_back_mail
from tembea.notifications.model import (
    Attachment,
    Correspondence,
    DeliveryReport,
    HeldMail,
    InlineImage,
    MailKey,
    MailKind,
    MailStatus,
    NewMail,
    NotADraft,
    OutboxMail,
    OutgoingMail,
    ReportedMail,
    ReportKind,
    SuppressionReason,
    TooLateToUndo,
)
from tembea.notifications.report_store import find_mail, find_mails
from tembea.notifications.reports import take_report
from tembea.notifications.service import discard_drafts, queue_mail, queue_mail_now, release_draft
from tembea.notifications.store import (
    find_correspondence,
    get_mail,
    get_outbox_raw,
    is_ours,
    list_mails_of_enquiry,
    list_outbox,
)
from tembea.notifications.suppressions import suppress

__all__ = [
    "Attachment",
    "Correspondence",
    "DeliveryReport",
    "HeldMail",
    "InlineImage",
    "MailKey",
    "MailKind",
    "MailStatus",
    "NewMail",
    "NotADraft",
    "OutboxMail",
    "OutgoingMail",
    "ReportKind",
    "ReportedMail",
    "SuppressionReason",
    "TooLateToUndo",
    "discard_drafts",
    "find_correspondence",
    "find_held_mail",
    "find_mail",
    "find_mails",
    "get_mail",
    "get_outbox_raw",
    "hold_mail",
    "is_ours",
    "list_mails_of_enquiry",
    "list_outbox",
    "queue_mail",
    "queue_mail_now",
    "release_draft",
    "release_mail",
    "suppress",
    "take_back_mail",
    "take_report",
]
