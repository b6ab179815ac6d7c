-- Among whom the root key was split. The shares themselves are on paper and never here.

create table app.key_splits (
  id uuid primary key,
  set_code text not null unique check (set_code ~ '^[0-9a-f]{8}$'),
  -- the id of the root key; once another one stands the set is void
  root_key text not null check (root_key ~ '^[0-9a-f]{16}$'),
  need integer not null check (need between 2 and 9),
  made_by uuid not null references app.people,
  made_at timestamptz not null default clock_timestamp()
);
create table app.custodians (
  split_id uuid not null references app.key_splits,
  place integer not null check (place between 1 and 9),
  person_id uuid not null references app.people,
  primary key (split_id, place),
  unique (split_id, person_id)
);
