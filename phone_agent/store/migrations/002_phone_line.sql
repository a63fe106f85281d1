-- What the phone line adds: columns with defaults only, so that a writer who knows only the old ones still works.

ALTER TABLE fc_profiles ADD COLUMN phone TEXT;
CREATE UNIQUE INDEX fc_profiles_by_phone ON fc_profiles (phone);

ALTER TABLE fc_restaurants ADD COLUMN aliases TEXT NOT NULL DEFAULT '[]';
ALTER TABLE fc_restaurants ADD COLUMN city TEXT NOT NULL DEFAULT '';
ALTER TABLE fc_restaurants ADD COLUMN state TEXT NOT NULL DEFAULT '';
ALTER TABLE fc_restaurants ADD COLUMN timezone TEXT NOT NULL DEFAULT 'America/New_York';
ALTER TABLE fc_restaurants ADD COLUMN tax_rate_basis_points INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fc_restaurants ADD COLUMN position INTEGER NOT NULL DEFAULT 0;

ALTER TABLE fc_menu_items ADD COLUMN aliases TEXT NOT NULL DEFAULT '[]';
ALTER TABLE fc_menu_items ADD COLUMN allergens TEXT NOT NULL DEFAULT '[]';
ALTER TABLE fc_menu_items ADD COLUMN version INTEGER NOT NULL DEFAULT 1;

ALTER TABLE fc_menu_item_option_groups ADD COLUMN slug TEXT NOT NULL DEFAULT '';
ALTER TABLE fc_menu_item_option_groups ADD COLUMN role TEXT NOT NULL DEFAULT 'other';
ALTER TABLE fc_menu_item_option_groups ADD COLUMN is_active INTEGER NOT NULL DEFAULT 1;

ALTER TABLE fc_menu_item_option_choices ADD COLUMN slug TEXT NOT NULL DEFAULT '';
ALTER TABLE fc_menu_item_option_choices ADD COLUMN aliases TEXT NOT NULL DEFAULT '[]';
ALTER TABLE fc_menu_item_option_choices ADD COLUMN is_active INTEGER NOT NULL DEFAULT 1;

CREATE TABLE fc_calls (
    id TEXT PRIMARY KEY NOT NULL,
    room TEXT NOT NULL,
    channel TEXT NOT NULL,
    profile_id TEXT NOT NULL REFERENCES fc_profiles (id),
    caller_number TEXT,
    dialled_number TEXT,
    started_at TEXT NOT NULL,
    ended_at TEXT,
    outcome TEXT CHECK (outcome IN ('ordered', 'abandoned', 'failed')),
    reason TEXT,
    order_id TEXT REFERENCES fc_orders (id)
);
CREATE INDEX fc_calls_by_start ON fc_calls (started_at);

CREATE TABLE fc_call_transcripts (
    id TEXT PRIMARY KEY NOT NULL,
    call_id TEXT NOT NULL REFERENCES fc_calls (id) ON DELETE CASCADE,
    at TEXT NOT NULL,
    speaker TEXT NOT NULL CHECK (speaker IN ('caller', 'agent', 'keypad')),
    text TEXT NOT NULL
);
CREATE INDEX fc_call_transcripts_of_call ON fc_call_transcripts (call_id, at);

ALTER TABLE fc_carts ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE fc_carts ADD COLUMN call_id TEXT REFERENCES fc_calls (id);
ALTER TABLE fc_carts ADD COLUMN orphaned_at TEXT;
CREATE INDEX fc_carts_of_call ON fc_carts (call_id);

ALTER TABLE fc_cart_items ADD COLUMN position INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fc_cart_item_options ADD COLUMN amount TEXT NOT NULL DEFAULT 'regular';
ALTER TABLE fc_cart_item_options ADD COLUMN position INTEGER NOT NULL DEFAULT 0;

CREATE TABLE fc_quotes (
    id TEXT PRIMARY KEY NOT NULL,
    call_id TEXT NOT NULL REFERENCES fc_calls (id),
    cart_id TEXT NOT NULL REFERENCES fc_carts (id),
    cart_version INTEGER NOT NULL,
    item_versions TEXT NOT NULL,
    lines TEXT NOT NULL,
    subtotal TEXT NOT NULL,
    tax TEXT NOT NULL,
    total TEXT NOT NULL,
    created_at TEXT NOT NULL,
    valid_until TEXT NOT NULL,
    ready_at TEXT NOT NULL
);

ALTER TABLE fc_orders ADD COLUMN order_number INTEGER;
ALTER TABLE fc_orders ADD COLUMN local_day TEXT;
ALTER TABLE fc_orders ADD COLUMN timezone TEXT NOT NULL DEFAULT 'America/New_York';
ALTER TABLE fc_orders ADD COLUMN status TEXT NOT NULL DEFAULT 'placed';
ALTER TABLE fc_orders ADD COLUMN idempotency_key TEXT;
ALTER TABLE fc_orders ADD COLUMN call_id TEXT REFERENCES fc_calls (id);
ALTER TABLE fc_orders ADD COLUMN subtotal TEXT;
ALTER TABLE fc_orders ADD COLUMN tax TEXT NOT NULL DEFAULT '0.00';
ALTER TABLE fc_orders ADD COLUMN fees TEXT NOT NULL DEFAULT '0.00';
ALTER TABLE fc_orders ADD COLUMN tip TEXT NOT NULL DEFAULT '0.00';
ALTER TABLE fc_orders ADD COLUMN payment_method TEXT;
ALTER TABLE fc_orders ADD COLUMN ready_at TEXT;
ALTER TABLE fc_orders ADD COLUMN channel TEXT NOT NULL DEFAULT 'page';
ALTER TABLE fc_orders ADD COLUMN confirmed_by TEXT NOT NULL DEFAULT 'page';
CREATE UNIQUE INDEX fc_orders_by_idempotency_key ON fc_orders (idempotency_key);
CREATE UNIQUE INDEX fc_orders_by_number ON fc_orders (restaurant_id, local_day, order_number);

ALTER TABLE fc_order_items ADD COLUMN position INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fc_order_item_options ADD COLUMN amount TEXT NOT NULL DEFAULT 'regular';
ALTER TABLE fc_order_item_options ADD COLUMN role TEXT NOT NULL DEFAULT 'extra';
ALTER TABLE fc_order_item_options ADD COLUMN position INTEGER NOT NULL DEFAULT 0;

ALTER TABLE fc_order_events ADD COLUMN order_id TEXT REFERENCES fc_orders (id);
ALTER TABLE fc_order_events ADD COLUMN status TEXT;
ALTER TABLE fc_order_events ADD COLUMN who TEXT;
CREATE INDEX fc_order_events_of_order ON fc_order_events (order_id);

ALTER TABLE fc_feedback ADD COLUMN order_id TEXT REFERENCES fc_orders (id);
