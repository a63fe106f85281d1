-- A call is written as alive while its job runs, so that one whose job was killed is noticed within minutes.

ALTER TABLE fc_calls ADD COLUMN last_seen_at TEXT;
