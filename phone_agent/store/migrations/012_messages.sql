-- What callers leave for the restaurant when nobody can come to the phone. It goes with the transcript of its call.

CREATE TABLE fc_messages (
    id TEXT PRIMARY KEY NOT NULL,
    call_id TEXT NOT NULL REFERENCES fc_calls (id) ON DELETE CASCADE,
    restaurant_id TEXT REFERENCES fc_restaurants (id),
    caller_number TEXT,
    name TEXT NOT NULL DEFAULT '',
    words TEXT NOT NULL DEFAULT '',
    taken_at TEXT NOT NULL
);
CREATE INDEX fc_messages_by_time ON fc_messages (taken_at);
CREATE INDEX fc_messages_of_call ON fc_messages (call_id);

CREATE TRIGGER fc_messages_go_with_transcripts
AFTER DELETE ON fc_call_transcripts
BEGIN
    DELETE FROM fc_messages WHERE call_id = old.call_id;
END;
