-- The tables that other channels know. Money is dollars as text ("8.99"), lists and locations are JSON text.

CREATE TABLE fc_profiles (
    id TEXT PRIMARY KEY NOT NULL,
    household_name TEXT,
    default_location TEXT,
    default_layout TEXT,
    current_layout TEXT,
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000+00:00', 'now')),
    updated_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000+00:00', 'now'))
);

CREATE TABLE fc_preferences (
    id TEXT PRIMARY KEY NOT NULL,
    profile_id TEXT NOT NULL UNIQUE REFERENCES fc_profiles (id) ON DELETE CASCADE,
    favorite_cuisines TEXT NOT NULL DEFAULT '[]',
    dietary_tags TEXT NOT NULL DEFAULT '[]',
    disliked_cuisines TEXT NOT NULL DEFAULT '[]',
    spice_level TEXT,
    budget_range TEXT,
    notes TEXT,
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000+00:00', 'now')),
    updated_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000+00:00', 'now'))
);

CREATE TABLE fc_restaurants (
    id TEXT PRIMARY KEY NOT NULL,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    cuisine_group TEXT NOT NULL DEFAULT '',
    cuisine TEXT NOT NULL DEFAULT '',
    dietary_tags TEXT NOT NULL DEFAULT '[]',
    price_tier TEXT,
    rating REAL,
    eta_minutes INTEGER NOT NULL DEFAULT 30,
    closes_at TEXT,
    delivery_fee TEXT NOT NULL DEFAULT '0.00',
    standout_dish TEXT,
    promo TEXT,
    hero_image TEXT,
    address TEXT,
    phone TEXT,
    highlights TEXT NOT NULL DEFAULT '[]',
    is_active INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000+00:00', 'now')),
    updated_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000+00:00', 'now'))
);

CREATE TABLE fc_layouts (
    id TEXT PRIMARY KEY NOT NULL,
    profile_id TEXT REFERENCES fc_profiles (id) ON DELETE CASCADE,
    hero_restaurant_id TEXT REFERENCES fc_restaurants (id),
    focus_row TEXT,
    demote_rows TEXT NOT NULL DEFAULT '[]',
    highlight_cuisine TEXT,
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000+00:00', 'now'))
);

CREATE TABLE fc_menu_sections (
    id TEXT PRIMARY KEY NOT NULL,
    restaurant_id TEXT NOT NULL REFERENCES fc_restaurants (id),
    slug TEXT NOT NULL,
    title TEXT NOT NULL,
    description TEXT,
    position INTEGER NOT NULL DEFAULT 0,
    is_active INTEGER NOT NULL DEFAULT 1
);

CREATE TABLE fc_menu_items (
    id TEXT PRIMARY KEY NOT NULL,
    restaurant_id TEXT NOT NULL REFERENCES fc_restaurants (id),
    section_id TEXT NOT NULL REFERENCES fc_menu_sections (id),
    name TEXT NOT NULL,
    base_price TEXT NOT NULL,
    slug TEXT NOT NULL,
    description TEXT,
    image TEXT,
    calories INTEGER,
    rating REAL,
    ratings_count INTEGER,
    tags TEXT NOT NULL DEFAULT '[]',
    is_available INTEGER NOT NULL DEFAULT 1,
    position INTEGER NOT NULL DEFAULT 0,
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000+00:00', 'now')),
    updated_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000+00:00', 'now'))
);

CREATE TABLE fc_menu_item_option_groups (
    id TEXT PRIMARY KEY NOT NULL,
    menu_item_id TEXT NOT NULL REFERENCES fc_menu_items (id),
    title TEXT NOT NULL,
    min INTEGER NOT NULL DEFAULT 0,
    max INTEGER NOT NULL DEFAULT 1,
    required INTEGER NOT NULL DEFAULT 0,
    help_text TEXT,
    position INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE fc_menu_item_option_choices (
    id TEXT PRIMARY KEY NOT NULL,
    option_group_id TEXT NOT NULL REFERENCES fc_menu_item_option_groups (id),
    label TEXT NOT NULL,
    price_adjustment TEXT NOT NULL DEFAULT '0.00',
    is_default INTEGER NOT NULL DEFAULT 0,
    description TEXT,
    position INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE fc_carts (
    id TEXT PRIMARY KEY NOT NULL,
    profile_id TEXT NOT NULL REFERENCES fc_profiles (id),
    restaurant_id TEXT REFERENCES fc_restaurants (id),
    status TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'ordered', 'abandoned')),
    subtotal TEXT NOT NULL DEFAULT '0.00',
    notes TEXT,
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000+00:00', 'now')),
    updated_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000+00:00', 'now'))
);

CREATE TABLE fc_cart_items (
    id TEXT PRIMARY KEY NOT NULL,
    cart_id TEXT NOT NULL REFERENCES fc_carts (id) ON DELETE CASCADE,
    menu_item_id TEXT NOT NULL REFERENCES fc_menu_items (id),
    quantity INTEGER NOT NULL CHECK (quantity > 0),
    total_price TEXT NOT NULL,
    base_price TEXT NOT NULL,
    instructions TEXT,
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000+00:00', 'now'))
);

CREATE TABLE fc_cart_item_options (
    id TEXT PRIMARY KEY NOT NULL,
    cart_item_id TEXT NOT NULL REFERENCES fc_cart_items (id) ON DELETE CASCADE,
    option_choice_id TEXT NOT NULL REFERENCES fc_menu_item_option_choices (id),
    price_adjustment TEXT NOT NULL DEFAULT '0.00'
);

CREATE TABLE fc_orders (
    id TEXT PRIMARY KEY NOT NULL,
    profile_id TEXT NOT NULL REFERENCES fc_profiles (id),
    restaurant_id TEXT REFERENCES fc_restaurants (id),
    restaurant_name TEXT NOT NULL,
    total TEXT NOT NULL,
    cuisine TEXT,
    rating INTEGER,
    satisfaction_notes TEXT,
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000+00:00', 'now'))
);

CREATE TABLE fc_order_items (
    id TEXT PRIMARY KEY NOT NULL,
    order_id TEXT NOT NULL REFERENCES fc_orders (id) ON DELETE CASCADE,
    menu_item_id TEXT REFERENCES fc_menu_items (id),
    name TEXT NOT NULL,
    quantity INTEGER NOT NULL CHECK (quantity > 0),
    base_price TEXT NOT NULL,
    total_price TEXT NOT NULL,
    notes TEXT
);

CREATE TABLE fc_order_item_options (
    id TEXT PRIMARY KEY NOT NULL,
    order_item_id TEXT NOT NULL REFERENCES fc_order_items (id) ON DELETE CASCADE,
    label TEXT NOT NULL,
    price_adjustment TEXT NOT NULL DEFAULT '0.00'
);

CREATE TABLE fc_order_events (
    id TEXT PRIMARY KEY NOT NULL,
    profile_id TEXT REFERENCES fc_profiles (id),
    restaurant_id TEXT REFERENCES fc_restaurants (id),
    restaurant_name TEXT,
    intent TEXT NOT NULL,
    notes TEXT,
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000+00:00', 'now'))
);

CREATE TABLE fc_feedback (
    id TEXT PRIMARY KEY NOT NULL,
    profile_id TEXT REFERENCES fc_profiles (id),
    sentiment TEXT,
    notes TEXT,
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000+00:00', 'now'))
);

CREATE INDEX fc_menu_sections_of_restaurant ON fc_menu_sections (restaurant_id);
CREATE INDEX fc_menu_items_of_section ON fc_menu_items (section_id);
CREATE INDEX fc_option_groups_of_item ON fc_menu_item_option_groups (menu_item_id);
CREATE INDEX fc_option_choices_of_group ON fc_menu_item_option_choices (option_group_id);
CREATE INDEX fc_cart_items_of_cart ON fc_cart_items (cart_id);
CREATE INDEX fc_cart_item_options_of_item ON fc_cart_item_options (cart_item_id);
CREATE INDEX fc_orders_of_profile ON fc_orders (profile_id, created_at);
CREATE INDEX fc_order_items_of_order ON fc_order_items (order_id);
CREATE INDEX fc_order_item_options_of_item ON fc_order_item_options (order_item_id);
