-- The tables that other channels know, where they are not there yet. Money is dollars. A table that exists stays as
-- it is, and so does the access to it: what is created here is noted, for the last migration.

do $$
declare
    known text[] := array[
        'fc_profiles', 'fc_preferences', 'fc_restaurants', 'fc_layouts', 'fc_menu_sections', 'fc_menu_items',
        'fc_menu_item_option_groups', 'fc_menu_item_option_choices', 'fc_carts', 'fc_cart_items',
        'fc_cart_item_options', 'fc_orders', 'fc_order_items', 'fc_order_item_options', 'fc_order_events',
        'fc_feedback'
    ];
    missing text[] := array(select name from unnest(known) as name where to_regclass('public.' || name) is null);
begin
    if missing <> '{}' then
        create table if not exists public.fc_created_tables (name text primary key);
        alter table public.fc_created_tables enable row level security;
        insert into public.fc_created_tables select unnest(missing) on conflict do nothing;
    end if;
end $$;

create table if not exists public.fc_profiles (
    id uuid primary key default gen_random_uuid(),
    household_name text,
    default_location jsonb,
    default_layout jsonb,
    current_layout jsonb,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);

create table if not exists public.fc_preferences (
    id uuid primary key default gen_random_uuid(),
    profile_id uuid not null unique references public.fc_profiles (id) on delete cascade,
    favorite_cuisines text[] not null default '{}',
    dietary_tags text[] not null default '{}',
    disliked_cuisines text[] not null default '{}',
    spice_level text,
    budget_range text,
    notes text,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);

create table if not exists public.fc_restaurants (
    id uuid primary key default gen_random_uuid(),
    slug text not null unique,
    name text not null,
    cuisine_group text not null default '',
    cuisine text not null default '',
    dietary_tags text[] not null default '{}',
    price_tier text,
    rating numeric(2, 1),
    eta_minutes integer not null default 30,
    closes_at text,
    delivery_fee numeric(10, 2) not null default 0,
    standout_dish text,
    promo text,
    hero_image text,
    address text,
    phone text,
    highlights text[] not null default '{}',
    is_active boolean not null default true,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);

create table if not exists public.fc_layouts (
    id uuid primary key default gen_random_uuid(),
    profile_id uuid references public.fc_profiles (id) on delete cascade,
    hero_restaurant_id uuid references public.fc_restaurants (id),
    focus_row text,
    demote_rows text[] not null default '{}',
    highlight_cuisine text,
    created_at timestamptz not null default now()
);

create table if not exists public.fc_menu_sections (
    id uuid primary key default gen_random_uuid(),
    restaurant_id uuid not null references public.fc_restaurants (id),
    slug text not null,
    title text not null,
    description text,
    position integer not null default 0,
    is_active boolean not null default true
);

create table if not exists public.fc_menu_items (
    id uuid primary key default gen_random_uuid(),
    restaurant_id uuid not null references public.fc_restaurants (id),
    section_id uuid not null references public.fc_menu_sections (id),
    name text not null,
    base_price numeric(10, 2) not null,
    slug text not null,
    description text,
    image text,
    calories integer,
    rating numeric(2, 1),
    ratings_count integer,
    tags text[] not null default '{}',
    is_available boolean not null default true,
    position integer not null default 0,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);

create table if not exists public.fc_menu_item_option_groups (
    id uuid primary key default gen_random_uuid(),
    menu_item_id uuid not null references public.fc_menu_items (id),
    title text not null,
    min integer not null default 0,
    max integer not null default 1,
    required boolean not null default false,
    help_text text,
    position integer not null default 0
);

create table if not exists public.fc_menu_item_option_choices (
    id uuid primary key default gen_random_uuid(),
    option_group_id uuid not null references public.fc_menu_item_option_groups (id),
    label text not null,
    price_adjustment numeric(10, 2) not null default 0,
    is_default boolean not null default false,
    description text,
    position integer not null default 0
);

create table if not exists public.fc_carts (
    id uuid primary key default gen_random_uuid(),
    profile_id uuid not null references public.fc_profiles (id),
    restaurant_id uuid references public.fc_restaurants (id),
    status text not null default 'active' check (status in ('active', 'ordered', 'abandoned')),
    subtotal numeric(10, 2) not null default 0,
    notes text,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);

create table if not exists public.fc_cart_items (
    id uuid primary key default gen_random_uuid(),
    cart_id uuid not null references public.fc_carts (id) on delete cascade,
    menu_item_id uuid not null references public.fc_menu_items (id),
    quantity integer not null,
    total_price numeric(10, 2) not null,
    base_price numeric(10, 2) not null,
    instructions text,
    created_at timestamptz not null default now()
);

create table if not exists public.fc_cart_item_options (
    id uuid primary key default gen_random_uuid(),
    cart_item_id uuid not null references public.fc_cart_items (id) on delete cascade,
    option_choice_id uuid not null references public.fc_menu_item_option_choices (id),
    price_adjustment numeric(10, 2) not null default 0
);

create table if not exists public.fc_orders (
    id uuid primary key default gen_random_uuid(),
    profile_id uuid not null references public.fc_profiles (id),
    restaurant_id uuid references public.fc_restaurants (id),
    restaurant_name text not null,
    total numeric(10, 2) not null,
    cuisine text,
    rating integer,
    satisfaction_notes text,
    created_at timestamptz not null default now()
);

create table if not exists public.fc_order_items (
    id uuid primary key default gen_random_uuid(),
    order_id uuid not null references public.fc_orders (id) on delete cascade,
    menu_item_id uuid references public.fc_menu_items (id),
    name text not null,
    quantity integer not null,
    base_price numeric(10, 2) not null,
    total_price numeric(10, 2) not null,
    notes text
);

create table if not exists public.fc_order_item_options (
    id uuid primary key default gen_random_uuid(),
    order_item_id uuid not null references public.fc_order_items (id) on delete cascade,
    label text not null,
    price_adjustment numeric(10, 2) not null default 0
);

create table if not exists public.fc_order_events (
    id uuid primary key default gen_random_uuid(),
    profile_id uuid references public.fc_profiles (id),
    restaurant_id uuid references public.fc_restaurants (id),
    restaurant_name text,
    intent text not null,
    notes text,
    created_at timestamptz not null default now()
);

create table if not exists public.fc_feedback (
    id uuid primary key default gen_random_uuid(),
    profile_id uuid references public.fc_profiles (id),
    sentiment text,
    notes text,
    created_at timestamptz not null default now()
);

create index if not exists fc_menu_sections_of_restaurant on public.fc_menu_sections (restaurant_id);
create index if not exists fc_menu_items_of_section on public.fc_menu_items (section_id);
create index if not exists fc_option_groups_of_item on public.fc_menu_item_option_groups (menu_item_id);
create index if not exists fc_option_choices_of_group on public.fc_menu_item_option_choices (option_group_id);
create index if not exists fc_cart_items_of_cart on public.fc_cart_items (cart_id);
create index if not exists fc_cart_item_options_of_item on public.fc_cart_item_options (cart_item_id);
create index if not exists fc_orders_of_profile on public.fc_orders (profile_id, created_at);
create index if not exists fc_order_items_of_order on public.fc_order_items (order_id);
create index if not exists fc_order_item_options_of_item on public.fc_order_item_options (order_item_id);
