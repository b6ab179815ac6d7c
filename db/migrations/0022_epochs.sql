-- Epochs of the log: each a statement signed by the key before it and by its own (src/core/epoch.ts). `ledger.log` holds the first key.
create table ledger.epochs (
  n integer primary key check (n > 0),
  note text not null
);

alter table app.rotations no force row level security;
alter table app.rotations
  drop constraint rotations_what_check,
  add constraint rotations_what_check check (what in ('root', 'firm', 'matter', 'own', 'ledger'));
alter table app.rotations force row level security;
