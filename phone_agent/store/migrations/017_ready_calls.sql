-- Who wants to be rung when the order is ready, in which language, and every attempt at it.

ALTER TABLE fc_carts ADD COLUMN ready_call TEXT NOT NULL DEFAULT '';
ALTER TABLE fc_orders ADD COLUMN ready_call TEXT NOT NULL DEFAULT '';

-- It is asked for at any time of a call and changes nothing that is read back: the order takes it from the cart itself.
CREATE TRIGGER fc_orders_take_ready_call AFTER INSERT ON fc_orders WHEN new.idempotency_key IS NOT NULL
BEGIN
    UPDATE fc_orders SET ready_call = coalesce((
        SELECT c.ready_call FROM fc_quotes q JOIN fc_carts c ON c.id = q.cart_id WHERE q.id = new.idempotency_key
    ), '') WHERE id = new.id;
END;

CREATE TABLE fc_ready_calls (
    id TEXT PRIMARY KEY,
    order_id TEXT NOT NULL REFERENCES fc_orders (id) ON DELETE CASCADE,
    claimed_at TEXT NOT NULL,
    lease_until TEXT NOT NULL,
    dialled_at TEXT,
    ended_at TEXT,
    outcome TEXT NOT NULL DEFAULT ''
);
CREATE INDEX fc_ready_calls_of_order ON fc_ready_calls (order_id);
CREATE INDEX fc_orders_to_ring ON fc_orders (id) WHERE ready_call <> '' AND status = 'ready';
