-- The database of another channel that was here first: its own names of constraints, looser rules, and rows.

create table fc_profiles (
    id uuid constraint profiles_pk primary key default gen_random_uuid(),
    household_name text,
    default_location jsonb,
    default_layout jsonb,
    current_layout jsonb,
    created_at timestamptz default now(),
    updated_at timestamptz default now()
);
create table fc_preferences (
    id uuid constraint preferences_pk primary key default gen_random_uuid(),
    profile_id uuid constraint preferences_of_profile references fc_profiles,
    favorite_cuisines text[],
    dietary_tags text[],
    disliked_cuisines text[],
    spice_level text,
    budget_range text,
    notes text,
    created_at timestamptz default now(),
    updated_at timestamptz default now()
);
create table fc_restaurants (
    id uuid constraint restaurants_pk primary key default gen_random_uuid(),
    slug text constraint restaurants_slug unique,
    name text not null,
    cuisine_group text,
    cuisine text,
    dietary_tags text[],
    price_tier text,
    rating numeric,
    eta_minutes integer,
    closes_at text,
    delivery_fee numeric(10, 2),
    standout_dish text,
    promo text,
    hero_image text,
    address text,
    phone text,
    highlights text[],
    is_active boolean default true
);
create table fc_layouts (
    id uuid constraint layouts_pk primary key default gen_random_uuid(),
    profile_id uuid references fc_profiles,
    hero_restaurant_id uuid references fc_restaurants,
    focus_row text,
    demote_rows text[],
    highlight_cuisine text,
    created_at timestamptz default now()
);
create table fc_menu_sections (
    id uuid constraint sections_pk primary key default gen_random_uuid(),
    restaurant_id uuid references fc_restaurants,
    slug text,
    title text,
    description text,
    position integer,
    is_active boolean default true
);
create table fc_menu_items (
    id uuid constraint items_pk primary key default gen_random_uuid(),
    restaurant_id uuid references fc_restaurants,
    section_id uuid references fc_menu_sections,
    name text not null,
    base_price numeric(10, 2) not null,
    slug text,
    description text,
    image text,
    calories integer,
    rating numeric,
    ratings_count integer,
    tags text[],
    is_available boolean default true,
    position integer
);
create table fc_menu_item_option_groups (
    id uuid constraint groups_pk primary key default gen_random_uuid(),
    menu_item_id uuid references fc_menu_items,
    title text,
    min integer,
    max integer,
    required boolean,
    help_text text,
    position integer
);
create table fc_menu_item_option_choices (
    id uuid constraint choices_pk primary key default gen_random_uuid(),
    option_group_id uuid references fc_menu_item_option_groups,
    label text,
    price_adjustment numeric(10, 2),
    is_default boolean,
    description text,
    position integer
);
create table fc_carts (
    id uuid constraint carts_pk primary key default gen_random_uuid(),
    profile_id uuid references fc_profiles,
    restaurant_id uuid references fc_restaurants,
    status text default 'active',
    subtotal numeric(10, 2),
    notes text,
    created_at timestamptz default now(),
    updated_at timestamptz default now()
);
create table fc_cart_items (
    id uuid constraint cart_items_pk primary key default gen_random_uuid(),
    cart_id uuid constraint line_of_cart references fc_carts,
    menu_item_id uuid references fc_menu_items,
    quantity integer,
    total_price numeric(10, 2),
    base_price numeric(10, 2),
    instructions text
);
create table fc_cart_item_options (
    id uuid constraint cart_item_options_pk primary key default gen_random_uuid(),
    cart_item_id uuid references fc_cart_items,
    option_choice_id uuid references fc_menu_item_option_choices,
    price_adjustment numeric(10, 2)
);
create table fc_orders (
    id uuid constraint orders_pk primary key default gen_random_uuid(),
    profile_id uuid references fc_profiles,
    restaurant_id uuid references fc_restaurants,
    restaurant_name text,
    total numeric(10, 2),
    cuisine text,
    rating integer,
    satisfaction_notes text,
    created_at timestamptz default now()
);
create table fc_order_events (
    id uuid constraint events_pk primary key default gen_random_uuid(),
    profile_id uuid references fc_profiles,
    restaurant_id uuid references fc_restaurants,
    restaurant_name text,
    intent text,
    notes text,
    created_at timestamptz default now()
);
create table fc_feedback (
    id uuid constraint feedback_pk primary key default gen_random_uuid(),
    profile_id uuid references fc_profiles,
    sentiment text,
    notes text,
    created_at timestamptz default now()
);

-- Their web page reads restaurants and keeps carts without signing in.
alter table fc_restaurants enable row level security;
create policy anybody_reads on fc_restaurants for select to anon using (true);
alter table fc_cart_items enable row level security;
create policy anybody_fills_carts on fc_cart_items for all to anon using (true) with check (true);
alter table fc_carts enable row level security;
create policy anybody_sees_carts on fc_carts for select to anon using (true);

insert into fc_profiles (id, household_name, default_location) values
    ('10000000-0000-4000-8000-000000000001', 'Okafor Household', '{"city": "Tampa", "state": "FL", "lat": 27.9}'),
    ('10000000-0000-4000-8000-000000000002', null, null);
insert into fc_preferences (profile_id, favorite_cuisines) values
    ('10000000-0000-4000-8000-000000000001', '{Thai,"pâtisserie, fine"}'),
    ('10000000-0000-4000-8000-000000000001', '{Thai}');
insert into fc_restaurants (id, slug, name, cuisine, rating, delivery_fee) values
    ('20000000-0000-4000-8000-000000000001', 'bay-noodles', 'Bay Noodles', 'Thai', 4.65, 2.99),
    ('20000000-0000-4000-8000-000000000002', null, 'Nameless Grill', null, null, null);
insert into fc_layouts (profile_id, focus_row, demote_rows) values
    ('10000000-0000-4000-8000-000000000001', 'noodles', '{pizza}');
insert into fc_menu_sections (id, restaurant_id, slug, title) values
    ('30000000-0000-4000-8000-000000000001', '20000000-0000-4000-8000-000000000001', 'noodles', 'Noodles');
insert into fc_menu_items (id, restaurant_id, section_id, name, base_price, slug) values
    ('40000000-0000-4000-8000-000000000001', '20000000-0000-4000-8000-000000000001',
        '30000000-0000-4000-8000-000000000001', 'Boat Noodles', 12.10, 'boat-noodles'),
    ('40000000-0000-4000-8000-000000000002', '20000000-0000-4000-8000-000000000001',
        '30000000-0000-4000-8000-000000000001', 'Iced Tea', 3.05, null);
insert into fc_menu_item_option_groups (id, menu_item_id, title) values
    ('50000000-0000-4000-8000-000000000001', '40000000-0000-4000-8000-000000000001', 'Extras');
insert into fc_menu_item_option_choices (id, option_group_id, label, price_adjustment) values
    ('60000000-0000-4000-8000-000000000001', '50000000-0000-4000-8000-000000000001', 'Egg', 1.05),
    ('60000000-0000-4000-8000-000000000002', '50000000-0000-4000-8000-000000000001', 'Lime', null);
insert into fc_carts (id, profile_id, status, subtotal) values
    ('70000000-0000-4000-8000-000000000001', '10000000-0000-4000-8000-000000000001', 'active', 24.20),
    ('70000000-0000-4000-8000-000000000002', '10000000-0000-4000-8000-000000000001', 'active', null),
    ('70000000-0000-4000-8000-000000000003', '10000000-0000-4000-8000-000000000001', 'saved for later', 0);
insert into fc_cart_items (id, cart_id, menu_item_id, quantity, total_price, base_price) values
    ('71000000-0000-4000-8000-000000000001', '70000000-0000-4000-8000-000000000001',
        '40000000-0000-4000-8000-000000000001', 2, 24.20, 12.10),
    ('71000000-0000-4000-8000-000000000002', '70000000-0000-4000-8000-000000000002',
        '40000000-0000-4000-8000-000000000002', 0, null, 3.05);
insert into fc_cart_item_options (cart_item_id, option_choice_id, price_adjustment) values
    ('71000000-0000-4000-8000-000000000001', '60000000-0000-4000-8000-000000000001', 1.05);
insert into fc_orders (id, profile_id, restaurant_id, restaurant_name, total, cuisine, rating, created_at) values
    ('80000000-0000-4000-8000-000000000001', '10000000-0000-4000-8000-000000000001',
        '20000000-0000-4000-8000-000000000001', 'Bay Noodles', 17.25, 'Thai', 5, '2026-03-01T18:00:00Z');
insert into fc_order_events (profile_id, restaurant_name, intent) values
    ('10000000-0000-4000-8000-000000000001', 'Bay Noodles', 'reordered');
insert into fc_feedback (profile_id, sentiment, notes) values
    ('10000000-0000-4000-8000-000000000001', 'happy', 'quick');
