-- The office's list of accounts: by when they were made or last signed in, and searched by name or NIM among those of a state.
CREATE INDEX users_by_created ON users (created_at, id);

CREATE INDEX users_by_login ON users (last_login, id);

CREATE INDEX users_looked_up ON users (approval, is_active, has_face, name, nim);
