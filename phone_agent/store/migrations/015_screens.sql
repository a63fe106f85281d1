-- The code by which a caller's second screen finds the call; it opens nothing once the call has ended.

ALTER TABLE fc_calls ADD COLUMN screen_code TEXT;
CREATE INDEX fc_calls_by_screen_code ON fc_calls (screen_code) WHERE screen_code IS NOT NULL;
