-- What an enquiry wants is one of the words that the product knows: with any other it could not be shown. Pasteable
-- into a SQL editor and safe to run twice.
set lock_timeout = '5s';

alter table enquiries drop constraint if exists enquiries_kind_check;
alter table enquiries add constraint enquiries_kind_check check (kind in (
  'new_enquiry', 'change_request', 'booking_question', 'invoice_question', 'complaint', 'reply_accept', 'spam',
  'auto_reply', 'other')) not valid;
