-- Keys that clients bring: a matter's half can be sealed under one of them too.

create table app.own_roots (
  id uuid primary key,
  -- by this it is found and taken once
  name_token bytea not null unique,
  sealed_name bytea not null,
  kind text not null check (kind in ('transit', 'kms', 'file')),
  -- what the client's service made of this root's key, sealed under the firm's as well; where the service is, and the token for it, stand on the machine
  sealed_key bytea not null,
  added_by uuid not null references app.people,
  added_at timestamptz not null default clock_timestamp()
);

alter table app.matter_keys no force row level security;
alter table app.matter_keys
  add column root_id uuid references app.own_roots,
  add constraint matter_keys_root check (root_id is null or purpose = 'half');
alter table app.matter_keys force row level security;
create index matter_keys_of_root on app.matter_keys (root_id) where root_id is not null;

alter table app.rotations no force row level security;
alter table app.rotations
  -- `own`: one matter goes under this root, or off the one that it is under (null)
  add column root_id uuid references app.own_roots,
  add column skipped integer not null default 0,
  drop constraint rotations_what_check,
  drop constraint rotations_check,
  add constraint rotations_what_check check (what in ('root', 'firm', 'matter', 'own')),
  add constraint rotations_check check ((matter_id is null or what in ('matter', 'own')) and (what <> 'own' or matter_id is not null) and (root_id is null or what = 'own'));
drop index app.rotations_open;
create unique index rotations_open on app.rotations (what) where ended_at is null and what <> 'own';
create unique index rotations_own on app.rotations (matter_id) where ended_at is null and what = 'own';
alter table app.rotations force row level security;

alter table app.confirmations no force row level security;
alter table app.confirmations
  add column root_id uuid references app.own_roots,
  drop constraint confirmations_kind_check,
  drop constraint confirmations_check,
  add constraint confirmations_kind_check check (kind in ('wall.lift', 'class.lower', 'document.lower', 'document.destroy', 'matter.destroy', 'root.put', 'root.take')),
  add constraint confirmations_check check ((kind = 'wall.lift') = (wall_id is not null) and (kind = 'wall.lift') = (matter_id is null)
    and (kind in ('class.lower', 'document.lower')) = (wanted is not null) and (kind = 'document.lower') = (document_id is not null)
    and (kind in ('document.destroy', 'matter.destroy')) = (destruction_id is not null) and (kind = 'root.put') = (root_id is not null));
alter table app.confirmations force row level security;

-- matters that the check of all files passed over, as their client withheld its key
alter table app.sweeps no force row level security;
alter table app.sweeps add column skipped integer not null default 0;
alter table app.sweeps force row level security;
