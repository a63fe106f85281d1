-- How, when and on which terms an order is handed over; columns with defaults only, as always.

ALTER TABLE fc_carts ADD COLUMN fulfilment TEXT NOT NULL DEFAULT 'pickup';
ALTER TABLE fc_carts ADD COLUMN requested_at TEXT;
ALTER TABLE fc_carts ADD COLUMN address TEXT NOT NULL DEFAULT '';
ALTER TABLE fc_carts ADD COLUMN zip_code TEXT NOT NULL DEFAULT '';
ALTER TABLE fc_carts ADD COLUMN order_note TEXT NOT NULL DEFAULT '';
ALTER TABLE fc_carts ADD COLUMN allergy_note TEXT NOT NULL DEFAULT '';
ALTER TABLE fc_carts ADD COLUMN coupon TEXT NOT NULL DEFAULT '';
ALTER TABLE fc_carts ADD COLUMN tip_percent INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fc_carts ADD COLUMN tip TEXT NOT NULL DEFAULT '0.00';

ALTER TABLE fc_quotes ADD COLUMN fulfilment TEXT NOT NULL DEFAULT 'pickup';
ALTER TABLE fc_quotes ADD COLUMN requested_at TEXT;
ALTER TABLE fc_quotes ADD COLUMN address TEXT NOT NULL DEFAULT '';
ALTER TABLE fc_quotes ADD COLUMN zip_code TEXT NOT NULL DEFAULT '';
ALTER TABLE fc_quotes ADD COLUMN order_note TEXT NOT NULL DEFAULT '';
ALTER TABLE fc_quotes ADD COLUMN allergy_note TEXT NOT NULL DEFAULT '';
ALTER TABLE fc_quotes ADD COLUMN coupon TEXT NOT NULL DEFAULT '';
ALTER TABLE fc_quotes ADD COLUMN discount TEXT NOT NULL DEFAULT '0.00';
ALTER TABLE fc_quotes ADD COLUMN fees TEXT NOT NULL DEFAULT '0.00';
ALTER TABLE fc_quotes ADD COLUMN tip TEXT NOT NULL DEFAULT '0.00';
ALTER TABLE fc_quotes ADD COLUMN payment_method TEXT NOT NULL DEFAULT 'at_pickup';
ALTER TABLE fc_quotes ADD COLUMN arrives_at TEXT;
ALTER TABLE fc_quotes ADD COLUMN slot_start TEXT;
ALTER TABLE fc_quotes ADD COLUMN slot_capacity INTEGER;

ALTER TABLE fc_orders ADD COLUMN fulfilment TEXT NOT NULL DEFAULT 'pickup';
ALTER TABLE fc_orders ADD COLUMN requested_at TEXT;
ALTER TABLE fc_orders ADD COLUMN address TEXT NOT NULL DEFAULT '';
ALTER TABLE fc_orders ADD COLUMN zip_code TEXT NOT NULL DEFAULT '';
ALTER TABLE fc_orders ADD COLUMN order_note TEXT NOT NULL DEFAULT '';
ALTER TABLE fc_orders ADD COLUMN allergy_note TEXT NOT NULL DEFAULT '';
ALTER TABLE fc_orders ADD COLUMN coupon TEXT NOT NULL DEFAULT '';
ALTER TABLE fc_orders ADD COLUMN discount TEXT NOT NULL DEFAULT '0.00';
ALTER TABLE fc_orders ADD COLUMN arrives_at TEXT;
ALTER TABLE fc_orders ADD COLUMN slot_start TEXT;

-- How full the kitchen is, is asked with every quote.
CREATE INDEX fc_orders_of_kitchen ON fc_orders (restaurant_id, ready_at);
CREATE INDEX fc_orders_by_slot ON fc_orders (restaurant_id, slot_start);

-- What the phone line placed, a caller has confirmed. A channel that leaves the column to its default means the same.
UPDATE fc_orders SET status = 'confirmed' WHERE status = 'placed' AND order_number IS NOT NULL;
UPDATE fc_order_events SET status = 'confirmed' WHERE status = 'placed' AND intent = 'order_placed';
