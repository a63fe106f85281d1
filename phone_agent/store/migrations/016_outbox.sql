-- What callers and other programs are to be told: written by triggers, in the transaction of what it tells of, whoever
-- wrote that. A row says which thing only; the words are made when they are sent, and nothing personal is in it.

ALTER TABLE fc_calls ADD COLUMN language TEXT NOT NULL DEFAULT 'en';

CREATE TABLE fc_outbox (
    id TEXT PRIMARY KEY NOT NULL DEFAULT (lower(
        hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-a' ||
        substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))
    )),
    channel TEXT NOT NULL CHECK (channel IN ('text', 'webhook')),
    kind TEXT NOT NULL CHECK (kind IN ('order_placed', 'order_changed', 'order_ready', 'call_back')),
    status TEXT NOT NULL DEFAULT '',
    order_id TEXT REFERENCES fc_orders (id) ON DELETE CASCADE,
    cart_id TEXT REFERENCES fc_carts (id) ON DELETE CASCADE,
    call_id TEXT REFERENCES fc_calls (id) ON DELETE CASCADE,
    state TEXT NOT NULL DEFAULT 'queued' CHECK (
        state IN ('queued', 'sending', 'sent', 'delivered', 'undelivered', 'failed', 'suppressed')
    ),
    attempts INTEGER NOT NULL DEFAULT 0,
    created_at TEXT NOT NULL,
    due_at TEXT NOT NULL,
    claimed_at TEXT,
    claimed_until TEXT,
    unsure_since TEXT,
    fingerprint TEXT NOT NULL DEFAULT '',
    provider_id TEXT,
    detail TEXT NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX fc_outbox_once ON fc_outbox (channel, kind, status, coalesce(order_id, cart_id));
CREATE INDEX fc_outbox_open ON fc_outbox (channel, due_at) WHERE state IN ('queued', 'sending');
CREATE INDEX fc_outbox_of_order ON fc_outbox (order_id);
CREATE INDEX fc_outbox_of_cart ON fc_outbox (cart_id);
CREATE INDEX fc_outbox_of_call ON fc_outbox (call_id);

-- Numbers that want no texts (of whomever, and for good), or cannot receive any. One may be both.
CREATE TABLE fc_text_refusals (
    phone TEXT NOT NULL,
    reason TEXT NOT NULL CHECK (reason IN ('stopped', 'unreachable')),
    created_at TEXT NOT NULL,
    PRIMARY KEY (phone, reason)
);

-- An order that was imported is told of by nobody: it is history.
CREATE TRIGGER fc_outbox_order_placed AFTER INSERT ON fc_orders
WHEN new.idempotency_key IS NOT new.id
BEGIN
    INSERT INTO fc_outbox (channel, kind, order_id, call_id, created_at, due_at)
    VALUES ('webhook', 'order_placed', new.id, new.call_id, new.created_at, new.created_at);
    INSERT INTO fc_outbox (channel, kind, order_id, call_id, created_at, due_at)
    SELECT 'text', 'order_placed', new.id, k.id, new.created_at, new.created_at
    FROM fc_calls k WHERE k.id = new.call_id AND k.caller_number IS NOT NULL;
END;

CREATE TRIGGER fc_outbox_order_changed AFTER INSERT ON fc_order_events
WHEN new.order_id IS NOT NULL AND new.intent = 'order_status' AND new.status IS NOT NULL
BEGIN
    INSERT INTO fc_outbox (channel, kind, status, order_id, call_id, created_at, due_at)
    SELECT 'webhook', CASE new.status WHEN 'ready' THEN 'order_ready' ELSE 'order_changed' END, new.status, o.id,
        o.call_id, new.created_at, new.created_at
    FROM fc_orders o WHERE o.id = new.order_id AND NOT EXISTS (
        SELECT 1 FROM fc_outbox b WHERE b.order_id = o.id AND b.channel = 'webhook' AND b.status = new.status
    );
    -- Who has cancelled it on the phone knows.
    INSERT INTO fc_outbox (channel, kind, status, order_id, call_id, created_at, due_at)
    SELECT 'text', CASE new.status WHEN 'ready' THEN 'order_ready' ELSE 'order_changed' END, new.status, o.id, k.id,
        new.created_at, new.created_at
    FROM fc_orders o JOIN fc_calls k ON k.id = o.call_id
    WHERE o.id = new.order_id AND k.caller_number IS NOT NULL
        AND (new.status IN ('ready', 'out_for_delivery') OR (new.status = 'cancelled' AND new.who IS NOT 'caller'))
        AND NOT EXISTS (
            SELECT 1 FROM fc_outbox b WHERE b.order_id = o.id AND b.channel = 'text' AND b.status = new.status
        );
END;

-- Who rings again by themselves within the minute needs no text.
CREATE TRIGGER fc_outbox_call_back AFTER UPDATE OF orphaned_at ON fc_carts
WHEN old.orphaned_at IS NULL AND new.orphaned_at IS NOT NULL AND new.status = 'active'
BEGIN
    INSERT INTO fc_outbox (channel, kind, cart_id, call_id, created_at, due_at)
    SELECT 'text', 'call_back', new.id, k.id, new.orphaned_at,
        strftime('%Y-%m-%dT%H:%M:%f000+00:00', new.orphaned_at, '+60 seconds')
    FROM fc_calls k WHERE k.id = new.call_id AND k.caller_number IS NOT NULL
        AND EXISTS (SELECT 1 FROM fc_cart_items i WHERE i.cart_id = new.id)
        AND NOT EXISTS (SELECT 1 FROM fc_outbox b WHERE b.cart_id = new.id AND b.kind = 'call_back');
END;

-- Whose number is forgotten is told nothing any more. A STOP stays: it is the wish not to be written to later either.
CREATE TRIGGER fc_outbox_forgotten AFTER UPDATE OF caller_number ON fc_calls
WHEN old.caller_number IS NOT NULL AND new.caller_number IS NOT old.caller_number
BEGIN
    DELETE FROM fc_outbox WHERE call_id = new.id AND channel <> 'webhook';
    DELETE FROM fc_text_refusals WHERE phone = old.caller_number AND reason <> 'stopped';
END;
