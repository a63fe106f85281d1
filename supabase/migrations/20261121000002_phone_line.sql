-- What the phone line adds: columns with defaults only, so that a writer who knows only the old ones still works, and
-- constraints that look at our rows only.

alter table public.fc_profiles add column if not exists phone text;
create unique index if not exists fc_profiles_by_phone on public.fc_profiles (phone);

alter table public.fc_restaurants
    add column if not exists aliases text[] not null default '{}',
    add column if not exists city text not null default '',
    add column if not exists state text not null default '',
    add column if not exists timezone text not null default 'America/New_York',
    add column if not exists tax_rate_basis_points integer not null default 0,
    add column if not exists position integer not null default 0;

alter table public.fc_menu_items
    add column if not exists aliases text[] not null default '{}',
    add column if not exists allergens text[] not null default '{}',
    add column if not exists version integer not null default 1;

alter table public.fc_menu_item_option_groups
    add column if not exists slug text not null default '',
    add column if not exists role text not null default 'other',
    add column if not exists is_active boolean not null default true;

alter table public.fc_menu_item_option_choices
    add column if not exists slug text not null default '',
    add column if not exists aliases text[] not null default '{}',
    add column if not exists is_active boolean not null default true;

-- rowid: the order in which rows came, as SQLite keeps it for every table.
create table if not exists public.fc_calls (
    id uuid primary key,
    rowid bigint generated always as identity,
    room text not null,
    channel text not null,
    profile_id uuid not null references public.fc_profiles (id),
    caller_number text,
    dialled_number text,
    started_at timestamptz not null,
    ended_at timestamptz,
    outcome text check (outcome in ('ordered', 'abandoned', 'failed')),
    reason text,
    order_id uuid references public.fc_orders (id)
);
create index if not exists fc_calls_by_start on public.fc_calls (started_at);

create table if not exists public.fc_call_transcripts (
    id uuid primary key,
    rowid bigint generated always as identity,
    call_id uuid not null references public.fc_calls (id) on delete cascade,
    at timestamptz not null,
    speaker text not null check (speaker in ('caller', 'agent', 'keypad')),
    text text not null
);
create index if not exists fc_call_transcripts_of_call on public.fc_call_transcripts (call_id, at);

alter table public.fc_carts
    add column if not exists version integer not null default 1,
    add column if not exists call_id uuid references public.fc_calls (id),
    add column if not exists orphaned_at timestamptz;
create unique index if not exists fc_carts_active_of_call on public.fc_carts (call_id)
where status = 'active' and call_id is not null;

alter table public.fc_cart_items add column if not exists position integer not null default 0;
alter table public.fc_cart_item_options
    add column if not exists amount text not null default 'regular',
    add column if not exists position integer not null default 0;

create table if not exists public.fc_quotes (
    id uuid primary key,
    call_id uuid not null references public.fc_calls (id),
    cart_id uuid not null references public.fc_carts (id),
    cart_version integer not null,
    item_versions jsonb not null,
    lines jsonb not null,
    subtotal numeric(10, 2) not null,
    tax numeric(10, 2) not null,
    total numeric(10, 2) not null,
    created_at timestamptz not null,
    valid_until timestamptz not null,
    ready_at timestamptz not null
);

-- An order that was there before is not waiting in any kitchen; from here on, what comes in is.
alter table public.fc_orders add column if not exists status text not null default 'delivered';
alter table public.fc_orders alter column status set default 'placed';
alter table public.fc_orders
    add column if not exists order_number integer,
    add column if not exists local_day date,
    add column if not exists timezone text not null default 'America/New_York',
    add column if not exists idempotency_key text,
    add column if not exists call_id uuid references public.fc_calls (id),
    add column if not exists subtotal numeric(10, 2),
    add column if not exists tax numeric(10, 2) not null default 0,
    add column if not exists fees numeric(10, 2) not null default 0,
    add column if not exists tip numeric(10, 2) not null default 0,
    add column if not exists payment_method text,
    add column if not exists ready_at timestamptz,
    add column if not exists channel text not null default 'page',
    add column if not exists confirmed_by text not null default 'page';
create unique index if not exists fc_orders_by_idempotency_key on public.fc_orders (idempotency_key);
create unique index if not exists fc_orders_by_number on public.fc_orders (restaurant_id, local_day, order_number)
where order_number is not null;

alter table public.fc_order_items add column if not exists position integer not null default 0;
alter table public.fc_order_item_options
    add column if not exists amount text not null default 'regular',
    add column if not exists role text not null default 'extra',
    add column if not exists position integer not null default 0;

alter table public.fc_order_events
    add column if not exists order_id uuid references public.fc_orders (id),
    add column if not exists status text,
    add column if not exists who text;
create index if not exists fc_order_events_of_order on public.fc_order_events (order_id);

alter table public.fc_feedback add column if not exists order_id uuid references public.fc_orders (id);

do $$
declare
    wanted record;
begin
    for wanted in
        select * from (values
            ('fc_cart_items', 'fc_cart_items_some', 'quantity > 0'),
            ('fc_order_items', 'fc_order_items_some', 'quantity > 0'),
            ('fc_orders', 'fc_orders_ours_not_negative',
                'idempotency_key is null or (subtotal >= 0 and tax >= 0 and fees >= 0 and tip >= 0 and total >= 0)')
        ) as w (target, name, rule)
    loop
        if not exists (
            select from pg_constraint
            where conname = wanted.name and conrelid = to_regclass('public.' || wanted.target)
        ) then
            execute format('alter table public.%I add constraint %I check (%s) not valid',
                wanted.target, wanted.name, wanted.rule);
        end if;
    end loop;
end $$;
