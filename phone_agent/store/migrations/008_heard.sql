-- Orders are found by the number that called.

CREATE INDEX fc_orders_of_call ON fc_orders (call_id) WHERE call_id IS NOT NULL;

-- A quote is outdated by its restaurant too: by what an order costs there and when one is taken.

ALTER TABLE fc_restaurants ADD COLUMN version INTEGER NOT NULL DEFAULT 1;

CREATE TRIGGER fc_restaurants_changed
AFTER UPDATE OF tax_rate_basis_points, timezone, is_active, hours, delivery, coupons, capacity ON fc_restaurants
WHEN old.tax_rate_basis_points IS NOT new.tax_rate_basis_points OR old.timezone IS NOT new.timezone
    OR old.is_active IS NOT new.is_active OR old.hours IS NOT new.hours OR old.delivery IS NOT new.delivery
    OR old.coupons IS NOT new.coupons OR old.capacity IS NOT new.capacity
BEGIN
    UPDATE fc_restaurants SET version = version + 1 WHERE id = new.id;
END;
