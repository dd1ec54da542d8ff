-- Times are milliseconds since 1970 (UTC). Ids are UUIDs unless said otherwise.

-- A job is held by one process at a time: `leased_by` names the run, and a lease that ran out may be taken over.
-- `last_detail` is JSON: what the run did. `last_error` is an error's class or code, never its words.
CREATE TABLE jobs (
  name TEXT PRIMARY KEY,
  next_at INTEGER NOT NULL,
  leased_by TEXT,
  leased_until INTEGER,
  last_started INTEGER,
  last_ended INTEGER,
  last_result TEXT CHECK (last_result IN ('ok', 'skipped', 'failed')),
  last_detail TEXT,
  last_error TEXT
) STRICT;

-- Mail to be sent, to a user or her parents. `once` says what it is about, so that the same thing is never told twice. `data` is JSON, from which the
-- text is made when it is sent (server/mail/compose.ts), and is emptied then.
CREATE TABLE mails (
  id TEXT PRIMARY KEY,
  once TEXT NOT NULL UNIQUE,
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  recipient TEXT NOT NULL,
  kind TEXT NOT NULL,
  data TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'dropped', 'failed')),
  tries INTEGER NOT NULL DEFAULT 0,
  next_at INTEGER NOT NULL,
  error TEXT,
  created_at INTEGER NOT NULL,
  ended_at INTEGER
) STRICT;

CREATE INDEX mails_waiting ON mails (next_at) WHERE state = 'waiting';

CREATE INDEX mails_by_user ON mails (user_id);

CREATE INDEX mails_by_time ON mails (created_at);

-- A question whether an address is its user's. The token in the mail is an HMAC over this row's id: nothing here opens it.
CREATE TABLE email_confirmations (
  id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  email TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  used_at INTEGER
) STRICT;

CREATE INDEX email_confirmations_by_user ON email_confirmations (user_id, email);

CREATE INDEX email_confirmations_by_end ON email_confirmations (expires_at);

-- The address that was confirmed: it counts while it is still the user's `email`.
ALTER TABLE users ADD COLUMN confirmed_email TEXT;

CREATE INDEX users_unconfirmed ON users (id) WHERE email IS NOT NULL AND email IS NOT confirmed_email;

CREATE INDEX users_of_parents ON users (id) WHERE parent_email IS NOT NULL;

-- `kind`: the student's own, or her guardian's. `source`: given in the app, or on paper and entered by `recorded_by`.
ALTER TABLE consents ADD COLUMN kind TEXT NOT NULL DEFAULT 'self' CHECK (kind IN ('self', 'guardian'));

ALTER TABLE consents ADD COLUMN source TEXT NOT NULL DEFAULT 'app' CHECK (source IN ('app', 'paper'));

ALTER TABLE consents ADD COLUMN recorded_by TEXT;

DROP INDEX consents_one_live;

CREATE UNIQUE INDEX consents_one_live ON consents (user_id, kind) WHERE withdrawn_at IS NULL;

-- What has still erasable details, by age; and whose lines they are.
CREATE INDEX audit_logs_with_details ON audit_logs (created_at) WHERE details_salt IS NOT NULL;

CREATE INDEX audit_logs_about ON audit_logs (entity_id, created_at);

CREATE INDEX liveness_checks_by_time ON liveness_checks (created_at);
