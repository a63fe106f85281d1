-- A changed allergen outdates a quote as a changed price does: it was read out to who asked.

DROP TRIGGER fc_menu_items_changed;
CREATE TRIGGER fc_menu_items_changed
AFTER UPDATE OF name, base_price, is_available, day_parts, minimum_age, half_price, allergens ON fc_menu_items
WHEN old.name IS NOT new.name OR old.base_price IS NOT new.base_price OR old.is_available IS NOT new.is_available
    OR old.day_parts IS NOT new.day_parts OR old.minimum_age IS NOT new.minimum_age
    OR old.half_price IS NOT new.half_price OR old.allergens IS NOT new.allergens
BEGIN
    UPDATE fc_menu_items SET version = version + 1
    WHERE id = new.id OR id IN (
        SELECT g.menu_item_id FROM fc_menu_item_option_choices c
        JOIN fc_menu_item_option_groups g ON g.id = c.option_group_id WHERE c.item_id = new.id
    );
END;

-- Null: nobody has said it yet, and a restaurant without one takes no orders by phone.
DROP TRIGGER fc_restaurants_changed;
ALTER TABLE fc_restaurants RENAME COLUMN tax_rate_basis_points TO tax_rate_before;
ALTER TABLE fc_restaurants ADD COLUMN tax_rate_basis_points INTEGER;
UPDATE fc_restaurants SET tax_rate_basis_points = tax_rate_before;
ALTER TABLE fc_restaurants DROP COLUMN tax_rate_before;
CREATE TRIGGER fc_restaurants_changed
AFTER UPDATE OF tax_rate_basis_points, timezone, is_active, hours, delivery, coupons, capacity ON fc_restaurants
WHEN old.tax_rate_basis_points IS NOT new.tax_rate_basis_points OR old.timezone IS NOT new.timezone
    OR old.is_active IS NOT new.is_active OR old.hours IS NOT new.hours OR old.delivery IS NOT new.delivery
    OR old.coupons IS NOT new.coupons OR old.capacity IS NOT new.capacity
BEGIN
    UPDATE fc_restaurants SET version = version + 1 WHERE id = new.id;
END;
