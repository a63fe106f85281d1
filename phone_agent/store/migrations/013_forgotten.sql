-- A caller who wants to be forgotten while an order is under way: what the kitchen needs of it goes when it is handed
-- over. A quote that nobody has placed is no row any more, and one that ends as it begins is withdrawn.

ALTER TABLE fc_profiles ADD COLUMN forgotten_at TEXT;
CREATE INDEX fc_profiles_forgotten ON fc_profiles (id) WHERE forgotten_at IS NOT NULL;

-- A section that is switched off takes its dishes with it.
CREATE TRIGGER fc_menu_sections_switched AFTER UPDATE OF is_active ON fc_menu_sections
WHEN old.is_active IS NOT new.is_active
BEGIN
    UPDATE fc_menu_items SET version = version + 1
    WHERE section_id = new.id OR id IN (
        SELECT g.menu_item_id FROM fc_menu_item_option_choices c
        JOIN fc_menu_item_option_groups g ON g.id = c.option_group_id
        JOIN fc_menu_items part ON part.id = c.item_id WHERE part.section_id = new.id
    );
END;
