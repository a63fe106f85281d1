-- Who calls: a name on the order, and the PIN with its tries. Keyed by number, because a number has them and not a row.

ALTER TABLE fc_orders ADD COLUMN customer_name TEXT NOT NULL DEFAULT '';

CREATE TABLE fc_caller_pins (
    phone TEXT PRIMARY KEY NOT NULL,
    pin_hash TEXT NOT NULL,
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000+00:00', 'now'))
);

CREATE TABLE fc_caller_pin_tries (
    phone TEXT NOT NULL,
    local_day TEXT NOT NULL,
    tries INTEGER NOT NULL CHECK (tries >= 0),
    PRIMARY KEY (phone, local_day)
);

CREATE INDEX fc_calls_by_number ON fc_calls (caller_number) WHERE caller_number IS NOT NULL;
CREATE INDEX fc_calls_of_profile ON fc_calls (profile_id);
CREATE INDEX fc_carts_orphaned ON fc_carts (orphaned_at) WHERE orphaned_at IS NOT NULL AND status = 'active';
CREATE INDEX fc_call_transcripts_by_time ON fc_call_transcripts (at);
