-- What became of a call. `tools` has what callers said, and is emptied when their words are deleted.

CREATE TABLE fc_call_reports (
    call_id TEXT PRIMARY KEY NOT NULL REFERENCES fc_calls (id) ON DELETE CASCADE,
    version INTEGER NOT NULL,
    body TEXT NOT NULL,
    tools TEXT NOT NULL DEFAULT '[]'
);
