-- Orders are found by the number that called.

CREATE INDEX fc_orders_of_call ON fc_orders (call_id) WHERE call_id IS NOT NULL;
