-- The token this one was traded for (its hash); null: the login's first. While none was traded for it in turn, it may never
-- have reached its browser.
ALTER TABLE refresh_tokens ADD COLUMN parent TEXT;

CREATE INDEX refresh_tokens_by_parent ON refresh_tokens (parent);
