-- What callers and other programs are to be told: written by triggers, in the transaction of what it tells of, whoever
-- wrote that. A row says which thing only; the words are made when they are sent, and nothing personal is in it.

alter table public.fc_calls add column if not exists language text not null default 'en';

create table if not exists public.fc_outbox (
    id uuid primary key default gen_random_uuid(),
    channel text not null check (channel in ('text', 'webhook')),
    kind text not null check (kind in ('order_placed', 'order_changed', 'order_ready', 'call_back')),
    status text not null default '',
    order_id uuid references public.fc_orders (id) on delete cascade,
    cart_id uuid references public.fc_carts (id) on delete cascade,
    call_id uuid references public.fc_calls (id) on delete cascade,
    state text not null default 'queued' check (
        state in ('queued', 'sending', 'sent', 'delivered', 'undelivered', 'failed', 'suppressed')
    ),
    attempts integer not null default 0,
    created_at timestamptz not null,
    due_at timestamptz not null,
    claimed_at timestamptz,
    claimed_until timestamptz,
    unsure_since timestamptz,
    fingerprint text not null default '',
    provider_id text,
    detail text not null default '',
    rowid bigint generated always as identity
);
create unique index if not exists fc_outbox_once
on public.fc_outbox (channel, kind, status, coalesce(order_id, cart_id));
create index if not exists fc_outbox_open on public.fc_outbox (channel, due_at) where state in ('queued', 'sending');
create index if not exists fc_outbox_of_order on public.fc_outbox (order_id);
create index if not exists fc_outbox_of_cart on public.fc_outbox (cart_id);
create index if not exists fc_outbox_of_call on public.fc_outbox (call_id);

-- Numbers that want no texts (of whomever, and for good), or cannot receive any. One may be both.
create table if not exists public.fc_text_refusals (
    phone text not null,
    reason text not null check (reason in ('stopped', 'unreachable')),
    created_at timestamptz not null,
    primary key (phone, reason)
);

-- An order that was imported is told of by nobody: it is history.
create or replace function public.fc_outbox_order_placed() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    insert into public.fc_outbox (channel, kind, order_id, call_id, created_at, due_at)
    values ('webhook', 'order_placed', new.id, new.call_id, new.created_at, new.created_at);
    insert into public.fc_outbox (channel, kind, order_id, call_id, created_at, due_at)
    select 'text', 'order_placed', new.id, k.id, new.created_at, new.created_at
    from public.fc_calls k where k.id = new.call_id and k.caller_number is not null;
    return null;
end $$;

create or replace trigger fc_outbox_order_placed after insert on public.fc_orders
for each row when (new.idempotency_key is distinct from new.id::text)
execute function public.fc_outbox_order_placed();

-- Who has cancelled it on the phone knows.
create or replace function public.fc_outbox_order_changed() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
    kind text := case new.status when 'ready' then 'order_ready' else 'order_changed' end;
begin
    insert into public.fc_outbox (channel, kind, status, order_id, call_id, created_at, due_at)
    select 'webhook', kind, new.status, o.id, o.call_id, new.created_at, new.created_at
    from public.fc_orders o where o.id = new.order_id
    on conflict do nothing;
    insert into public.fc_outbox (channel, kind, status, order_id, call_id, created_at, due_at)
    select 'text', kind, new.status, o.id, k.id, new.created_at, new.created_at
    from public.fc_orders o join public.fc_calls k on k.id = o.call_id
    where o.id = new.order_id and k.caller_number is not null and (
        new.status in ('ready', 'out_for_delivery')
        or (new.status = 'cancelled' and new.who is distinct from 'caller')
    )
    on conflict do nothing;
    return null;
end $$;

create or replace trigger fc_outbox_order_changed after insert on public.fc_order_events
for each row when (new.order_id is not null and new.intent = 'order_status' and new.status is not null)
execute function public.fc_outbox_order_changed();

-- Who rings again by themselves within the minute needs no text.
create or replace function public.fc_outbox_call_back() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    insert into public.fc_outbox (channel, kind, cart_id, call_id, created_at, due_at)
    select 'text', 'call_back', new.id, k.id, new.orphaned_at, new.orphaned_at + interval '60 seconds'
    from public.fc_calls k
    where k.id = new.call_id and k.caller_number is not null
        and exists (select from public.fc_cart_items i where i.cart_id = new.id)
    on conflict do nothing;
    return null;
end $$;

create or replace trigger fc_outbox_call_back after update of orphaned_at on public.fc_carts
for each row when (old.orphaned_at is null and new.orphaned_at is not null and new.status = 'active')
execute function public.fc_outbox_call_back();

-- Whose number is forgotten is told nothing any more. A STOP stays: it is the wish not to be written to later either.
create or replace function public.fc_outbox_forgotten() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    delete from public.fc_outbox where call_id = new.id and channel <> 'webhook';
    delete from public.fc_text_refusals where phone = old.caller_number and reason <> 'stopped';
    return null;
end $$;

create or replace trigger fc_outbox_forgotten after update of caller_number on public.fc_calls
for each row when (old.caller_number is not null and new.caller_number is distinct from old.caller_number)
execute function public.fc_outbox_forgotten();

-- Takes what is due, or was taken by a sender that did not come back; of one order's webhooks the oldest only. What a
-- sender left behind may have gone out: `unsure_since` says since when.
create or replace function public.fc_claim_outbox(
    wanted_channel text, at timestamptz, until timestamptz, most integer
) returns text
language sql volatile security invoker set search_path = public, pg_temp as $$
    with free as (
        select o.id from fc_outbox o
        where o.channel = wanted_channel
            and ((o.state = 'queued' and o.due_at <= at) or (o.state = 'sending' and o.claimed_until <= at))
            and (o.channel <> 'webhook' or not exists (
                select from fc_outbox b where b.order_id = o.order_id and b.channel = o.channel
                    and b.rowid < o.rowid and b.state in ('queued', 'sending')
            ))
        order by o.due_at, o.rowid limit most for update skip locked
    ), claimed as (
        update fc_outbox o set
            unsure_since = case when o.state = 'sending' then coalesce(o.unsure_since, o.claimed_at)
                else o.unsure_since end,
            state = 'sending', attempts = o.attempts + 1, claimed_at = at, claimed_until = until
        from free where o.id = free.id returning o.*
    )
    select jsonb_build_object('claimed', coalesce(jsonb_agg(to_jsonb(c) order by c.due_at, c.rowid), '[]'))::text
    from claimed c
$$;

-- What a message is made from, of this moment. `waiting`: the cart's caller has neither rung again since, nor ended the
-- call with a person.
create or replace function public.fc_outbox_matter(wanted uuid) returns text
language sql stable security invoker set search_path = public, pg_temp as $$
    select (
        coalesce(fc_orders_with_lines(array[b.order_id])::jsonb, '{}') || jsonb_build_object(
            'phone', k.caller_number,
            'dialled', k.dialled_number,
            'language', coalesce(k.language, 'en'),
            'refusal', coalesce((select min(t.reason) from fc_text_refusals t where t.phone = k.caller_number), ''),
            'restaurant_name', coalesce(r.name, ''),
            'timezone', r.timezone,
            'waiting', coalesce(
                c.status = 'active' and c.orphaned_at is not null and k.reason is distinct from 'transferred'
                and exists (select from fc_cart_items i where i.cart_id = c.id)
                and not exists (
                    select from fc_calls other where other.caller_number = k.caller_number
                        and (other.ended_at is null or other.started_at > c.orphaned_at)
                ), false
            )
        )
    )::text
    from fc_outbox b
    left join fc_calls k on k.id = b.call_id
    left join fc_carts c on c.id = b.cart_id
    left join fc_orders o on o.id = b.order_id
    left join fc_restaurants r on r.id = coalesce(c.restaurant_id, o.restaurant_id)
    where b.id = wanted
$$;

-- Of the words that an attempt is about to send; nothing where another sender has taken it since.
create or replace function public.fc_keep_fingerprint(wanted uuid, attempt integer, print text) returns text
language plpgsql security invoker set search_path = public, pg_temp as $$
begin
    update fc_outbox set fingerprint = print where id = wanted and attempts = attempt and state = 'sending';
    return jsonb_build_object('kept', found)::text;
end $$;

-- What became of an attempt; nothing where another sender has taken it since, or Twilio has told of it meanwhile.
create or replace function public.fc_settle_outbox(wanted uuid, attempt integer, settled jsonb) returns text
language plpgsql security invoker set search_path = public, pg_temp as $$
begin
    update fc_outbox set
        state = settled ->> 'state',
        due_at = coalesce((settled ->> 'due_at')::timestamptz, due_at),
        provider_id = coalesce(settled ->> 'provider_id', provider_id),
        detail = settled ->> 'detail',
        unsure_since = case when (settled ->> 'is_unsure')::boolean then coalesce(unsure_since, claimed_at)
            else unsure_since end
    where id = wanted and attempts = attempt and state = 'sending';
    return jsonb_build_object('settled', found)::text;
end $$;

-- What the provider tells later, in any order and more than once: a state is never left for an earlier one.
create or replace function public.fc_note_outbox(wanted uuid, provider text, told text, about text) returns text
language plpgsql security invoker set search_path = public, pg_temp as $$
begin
    update fc_outbox set state = told, provider_id = provider, detail = about
    where id = wanted and coalesce(provider_id, provider) = provider
        and (state in ('queued', 'sending') or (state = 'sent' and told <> 'sent'));
    return jsonb_build_object('noted', found)::text;
end $$;

-- Whoever writes STOP is heard; what carriers say is kept of numbers that have called: nobody else is ever texted.
create or replace function public.fc_refuse_texts(wanted_phone text, why text, at timestamptz) returns void
language sql volatile security invoker set search_path = public, pg_temp as $$
    insert into fc_text_refusals (phone, reason, created_at)
    select wanted_phone, why, at
    where why = 'stopped' or exists (select from fc_calls where caller_number = wanted_phone)
    on conflict (phone, reason) do nothing
$$;

create or replace function public.fc_allow_texts(wanted_phone text, why text) returns void
language sql volatile security invoker set search_path = public, pg_temp as $$
    delete from fc_text_refusals where phone = wanted_phone and reason = why
$$;

-- The code is the last eight digits of the id, read as a number, as `code_of` reads them.
create or replace function public.fc_find_cart_by_code(wanted_code text, since timestamptz, known bigint) returns text
language sql stable security invoker set search_path = public, pg_temp as $$
    select fc_cart((
        select c.id from fc_carts c
        where c.status = 'active' and c.orphaned_at >= since
            and exists (select from fc_cart_items i where i.cart_id = c.id)
            and lpad((('x' || right(c.id::text, 8))::bit(32)::bigint % 1000000)::text, 6, '0') = wanted_code
        order by c.orphaned_at desc, c.created_at desc nulls last, c.id limit 1
    ), known)
$$;

create or replace function public.fc_purge_outbox(older_than timestamptz) returns void
language sql volatile security invoker set search_path = public, pg_temp as $$
    delete from fc_outbox where created_at < older_than
$$;

alter table public.fc_outbox enable row level security;
alter table public.fc_text_refusals enable row level security;
revoke all on public.fc_outbox, public.fc_text_refusals from public, anon, authenticated;
grant select, insert, update, delete on public.fc_outbox, public.fc_text_refusals to service_role;

do $$
declare
    callable text;
begin
    foreach callable in array array[
        'fc_outbox_order_placed()', 'fc_outbox_order_changed()', 'fc_outbox_call_back()', 'fc_outbox_forgotten()',
        'fc_claim_outbox(text, timestamptz, timestamptz, integer)', 'fc_outbox_matter(uuid)',
        'fc_keep_fingerprint(uuid, integer, text)', 'fc_settle_outbox(uuid, integer, jsonb)', 'fc_note_outbox(uuid, text, text, text)',
        'fc_refuse_texts(text, text, timestamptz)', 'fc_allow_texts(text, text)', 'fc_purge_outbox(timestamptz)',
        'fc_find_cart_by_code(text, timestamptz, bigint)'
    ] loop
        execute format('revoke execute on function public.%s from public, anon, authenticated', callable);
        execute format('grant execute on function public.%s to service_role', callable);
    end loop;
end $$;

notify pgrst, 'reload schema';
