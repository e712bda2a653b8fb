-- A finished mail is mostly base64 of pictures and a PDF, which PostgreSQL's compression cannot make smaller: it tried on
-- every one, for five times what storing it takes. Only mails written from now on are affected. Safe to run twice.
set lock_timeout = '5s';

alter table outgoing_mails alter column raw set storage external;
