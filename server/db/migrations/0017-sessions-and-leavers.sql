-- The token this one was traded for (its hash); null: the login's first. While none was traded for it in turn, it may never
-- have reached its browser.
ALTER TABLE refresh_tokens ADD COLUMN parent TEXT;

CREATE INDEX refresh_tokens_by_parent ON refresh_tokens (parent);

-- Since when an account is suspended; null: it is active, or never was. Faces of those who left go some time after it.
ALTER TABLE users ADD COLUMN suspended_at INTEGER;

UPDATE users SET suspended_at = updated_at WHERE is_active = 0 AND approval = 'approved';

CREATE INDEX users_by_suspension ON users (suspended_at) WHERE suspended_at IS NOT NULL;

CREATE TRIGGER users_suspended AFTER UPDATE OF is_active ON users WHEN NEW.is_active <> OLD.is_active
BEGIN
  UPDATE users SET suspended_at = CASE WHEN NEW.is_active = 0 THEN NEW.updated_at END WHERE id = NEW.id;
END;
