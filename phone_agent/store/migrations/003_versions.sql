-- Versions are raised here and not by the writers, so that a writer who has never heard of them counts too.

CREATE TRIGGER fc_menu_items_changed AFTER UPDATE OF name, base_price, is_available ON fc_menu_items
WHEN old.name IS NOT new.name OR old.base_price IS NOT new.base_price OR old.is_available IS NOT new.is_available
BEGIN
    UPDATE fc_menu_items SET version = version + 1 WHERE id = new.id;
END;

CREATE TRIGGER fc_option_groups_added AFTER INSERT ON fc_menu_item_option_groups
BEGIN
    UPDATE fc_menu_items SET version = version + 1 WHERE id = new.menu_item_id;
END;

CREATE TRIGGER fc_option_groups_changed AFTER UPDATE OF min, max, required, is_active ON fc_menu_item_option_groups
WHEN old.min IS NOT new.min OR old.max IS NOT new.max OR old.required IS NOT new.required
    OR old.is_active IS NOT new.is_active
BEGIN
    UPDATE fc_menu_items SET version = version + 1 WHERE id = new.menu_item_id;
END;

CREATE TRIGGER fc_option_groups_deleted AFTER DELETE ON fc_menu_item_option_groups
BEGIN
    UPDATE fc_menu_items SET version = version + 1 WHERE id = old.menu_item_id;
END;

CREATE TRIGGER fc_option_choices_added AFTER INSERT ON fc_menu_item_option_choices
BEGIN
    UPDATE fc_menu_items SET version = version + 1
    WHERE id = (SELECT menu_item_id FROM fc_menu_item_option_groups WHERE id = new.option_group_id);
END;

CREATE TRIGGER fc_option_choices_changed
AFTER UPDATE OF label, price_adjustment, is_active ON fc_menu_item_option_choices
WHEN old.label IS NOT new.label OR old.price_adjustment IS NOT new.price_adjustment
    OR old.is_active IS NOT new.is_active
BEGIN
    UPDATE fc_menu_items SET version = version + 1
    WHERE id = (SELECT menu_item_id FROM fc_menu_item_option_groups WHERE id = new.option_group_id);
END;

CREATE TRIGGER fc_option_choices_deleted AFTER DELETE ON fc_menu_item_option_choices
BEGIN
    UPDATE fc_menu_items SET version = version + 1
    WHERE id = (SELECT menu_item_id FROM fc_menu_item_option_groups WHERE id = old.option_group_id);
END;

CREATE TRIGGER fc_carts_changed AFTER UPDATE OF restaurant_id, notes ON fc_carts
WHEN old.restaurant_id IS NOT new.restaurant_id OR old.notes IS NOT new.notes
BEGIN
    UPDATE fc_carts SET version = version + 1 WHERE id = new.id;
END;

CREATE TRIGGER fc_cart_items_added AFTER INSERT ON fc_cart_items
BEGIN
    UPDATE fc_carts SET version = version + 1 WHERE id = new.cart_id;
END;

CREATE TRIGGER fc_cart_items_changed AFTER UPDATE ON fc_cart_items
BEGIN
    UPDATE fc_carts SET version = version + 1 WHERE id IN (old.cart_id, new.cart_id);
END;

CREATE TRIGGER fc_cart_items_removed AFTER DELETE ON fc_cart_items
BEGIN
    UPDATE fc_carts SET version = version + 1 WHERE id = old.cart_id;
END;

CREATE TRIGGER fc_cart_item_options_added AFTER INSERT ON fc_cart_item_options
BEGIN
    UPDATE fc_carts SET version = version + 1
    WHERE id = (SELECT cart_id FROM fc_cart_items WHERE id = new.cart_item_id);
END;

CREATE TRIGGER fc_cart_item_options_changed AFTER UPDATE ON fc_cart_item_options
BEGIN
    UPDATE fc_carts SET version = version + 1
    WHERE id IN (SELECT cart_id FROM fc_cart_items WHERE id IN (old.cart_item_id, new.cart_item_id));
END;

CREATE TRIGGER fc_cart_item_options_removed AFTER DELETE ON fc_cart_item_options
BEGIN
    UPDATE fc_carts SET version = version + 1
    WHERE id = (SELECT cart_id FROM fc_cart_items WHERE id = old.cart_item_id);
END;
