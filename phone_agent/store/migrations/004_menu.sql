-- What a restaurant lives on: hours, delivery, halves, counts, combos, sold-out marks, and the history of its menu.

ALTER TABLE fc_restaurants ADD COLUMN hours TEXT NOT NULL DEFAULT '{}';
ALTER TABLE fc_restaurants ADD COLUMN delivery TEXT;
ALTER TABLE fc_restaurants ADD COLUMN capacity TEXT;
ALTER TABLE fc_restaurants ADD COLUMN coupons TEXT NOT NULL DEFAULT '[]';
ALTER TABLE fc_restaurants ADD COLUMN numbers TEXT NOT NULL DEFAULT '[]';

ALTER TABLE fc_menu_sections ADD COLUMN aliases TEXT NOT NULL DEFAULT '[]';

ALTER TABLE fc_menu_items ADD COLUMN prep_minutes INTEGER;
ALTER TABLE fc_menu_items ADD COLUMN day_parts TEXT NOT NULL DEFAULT '[]';
ALTER TABLE fc_menu_items ADD COLUMN minimum_age INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fc_menu_items ADD COLUMN half_price TEXT CHECK (half_price IN ('dearer', 'average'));
ALTER TABLE fc_menu_items ADD COLUMN sold_out_at TEXT;
ALTER TABLE fc_menu_items ADD COLUMN sold_out_until TEXT;
CREATE INDEX fc_menu_items_sold_out ON fc_menu_items (sold_out_until) WHERE sold_out_until IS NOT NULL;

ALTER TABLE fc_menu_item_option_groups ADD COLUMN aliases TEXT NOT NULL DEFAULT '[]';
ALTER TABLE fc_menu_item_option_groups ADD COLUMN has_halves INTEGER NOT NULL DEFAULT 0;

ALTER TABLE fc_menu_item_option_choices ADD COLUMN price_by_size TEXT NOT NULL DEFAULT '{}';
ALTER TABLE fc_menu_item_option_choices ADD COLUMN most INTEGER NOT NULL DEFAULT 1;
ALTER TABLE fc_menu_item_option_choices ADD COLUMN is_available INTEGER NOT NULL DEFAULT 1;
ALTER TABLE fc_menu_item_option_choices ADD COLUMN item_id TEXT REFERENCES fc_menu_items (id);
CREATE INDEX fc_option_choices_for_item ON fc_menu_item_option_choices (item_id) WHERE item_id IS NOT NULL;

ALTER TABLE fc_cart_items ADD COLUMN other_half_id TEXT REFERENCES fc_menu_items (id);
ALTER TABLE fc_cart_item_options ADD COLUMN count INTEGER NOT NULL DEFAULT 1 CHECK (count > 0);
ALTER TABLE fc_cart_item_options ADD COLUMN half TEXT CHECK (half IN ('left', 'right'));

CREATE TABLE fc_menu_imports (
    id TEXT PRIMARY KEY NOT NULL,
    imported_at TEXT NOT NULL,
    checksum TEXT NOT NULL,
    source TEXT NOT NULL,
    text TEXT NOT NULL
);
CREATE INDEX fc_menu_imports_by_time ON fc_menu_imports (imported_at);

CREATE TABLE fc_menu_version (
    id INTEGER PRIMARY KEY NOT NULL CHECK (id = 1),
    version INTEGER NOT NULL
);
INSERT INTO fc_menu_version (id, version) VALUES (1, 1);

-- Versions of a dish: what was added since the third step decides about an order as well.

DROP TRIGGER fc_menu_items_changed;
CREATE TRIGGER fc_menu_items_changed
AFTER UPDATE OF name, base_price, is_available, day_parts, minimum_age, half_price ON fc_menu_items
WHEN old.name IS NOT new.name OR old.base_price IS NOT new.base_price OR old.is_available IS NOT new.is_available
    OR old.day_parts IS NOT new.day_parts OR old.minimum_age IS NOT new.minimum_age
    OR old.half_price IS NOT new.half_price
BEGIN
    UPDATE fc_menu_items SET version = version + 1
    WHERE id = new.id OR id IN (
        SELECT g.menu_item_id FROM fc_menu_item_option_choices c
        JOIN fc_menu_item_option_groups g ON g.id = c.option_group_id WHERE c.item_id = new.id
    );
END;

DROP TRIGGER fc_option_groups_changed;
CREATE TRIGGER fc_option_groups_changed
AFTER UPDATE OF min, max, required, role, has_halves, is_active ON fc_menu_item_option_groups
WHEN old.min IS NOT new.min OR old.max IS NOT new.max OR old.required IS NOT new.required
    OR old.role IS NOT new.role OR old.has_halves IS NOT new.has_halves OR old.is_active IS NOT new.is_active
BEGIN
    UPDATE fc_menu_items SET version = version + 1 WHERE id = new.menu_item_id;
END;

DROP TRIGGER fc_option_choices_changed;
CREATE TRIGGER fc_option_choices_changed
AFTER UPDATE OF label, price_adjustment, price_by_size, most, is_available, item_id, is_active
ON fc_menu_item_option_choices
WHEN old.label IS NOT new.label OR old.price_adjustment IS NOT new.price_adjustment
    OR old.price_by_size IS NOT new.price_by_size OR old.most IS NOT new.most
    OR old.is_available IS NOT new.is_available OR old.item_id IS NOT new.item_id
    OR old.is_active IS NOT new.is_active
BEGIN
    UPDATE fc_menu_items SET version = version + 1
    WHERE id = (SELECT menu_item_id FROM fc_menu_item_option_groups WHERE id = new.option_group_id);
END;

-- The menu as a whole has a version too: whoever holds a copy of the menu asks for this number only.

CREATE TRIGGER fc_menu_added_restaurant AFTER INSERT ON fc_restaurants
BEGIN UPDATE fc_menu_version SET version = version + 1; END;
CREATE TRIGGER fc_menu_changed_restaurant AFTER UPDATE ON fc_restaurants
BEGIN UPDATE fc_menu_version SET version = version + 1; END;
CREATE TRIGGER fc_menu_lost_restaurant AFTER DELETE ON fc_restaurants
BEGIN UPDATE fc_menu_version SET version = version + 1; END;

CREATE TRIGGER fc_menu_added_section AFTER INSERT ON fc_menu_sections
BEGIN UPDATE fc_menu_version SET version = version + 1; END;
CREATE TRIGGER fc_menu_changed_section AFTER UPDATE ON fc_menu_sections
BEGIN UPDATE fc_menu_version SET version = version + 1; END;
CREATE TRIGGER fc_menu_lost_section AFTER DELETE ON fc_menu_sections
BEGIN UPDATE fc_menu_version SET version = version + 1; END;

CREATE TRIGGER fc_menu_added_item AFTER INSERT ON fc_menu_items
BEGIN UPDATE fc_menu_version SET version = version + 1; END;
CREATE TRIGGER fc_menu_changed_item AFTER UPDATE ON fc_menu_items
BEGIN UPDATE fc_menu_version SET version = version + 1; END;
CREATE TRIGGER fc_menu_lost_item AFTER DELETE ON fc_menu_items
BEGIN UPDATE fc_menu_version SET version = version + 1; END;

CREATE TRIGGER fc_menu_added_group AFTER INSERT ON fc_menu_item_option_groups
BEGIN UPDATE fc_menu_version SET version = version + 1; END;
CREATE TRIGGER fc_menu_changed_group AFTER UPDATE ON fc_menu_item_option_groups
BEGIN UPDATE fc_menu_version SET version = version + 1; END;
CREATE TRIGGER fc_menu_lost_group AFTER DELETE ON fc_menu_item_option_groups
BEGIN UPDATE fc_menu_version SET version = version + 1; END;

CREATE TRIGGER fc_menu_added_choice AFTER INSERT ON fc_menu_item_option_choices
BEGIN UPDATE fc_menu_version SET version = version + 1; END;
CREATE TRIGGER fc_menu_changed_choice AFTER UPDATE ON fc_menu_item_option_choices
BEGIN UPDATE fc_menu_version SET version = version + 1; END;
CREATE TRIGGER fc_menu_lost_choice AFTER DELETE ON fc_menu_item_option_choices
BEGIN UPDATE fc_menu_version SET version = version + 1; END;
