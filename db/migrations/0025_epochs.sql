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

-- No column stands beside what is signed: a checkpoint's time is that of its last entry, an entry's time what its leaf says.
alter table ledger.log drop column made_at;
alter table ledger.entries no force row level security;
alter table ledger.leaves no force row level security;
alter table ledger.checkpoints no force row level security;
update ledger.entries set at = date_trunc('milliseconds', at) where at <> date_trunc('milliseconds', at);
update ledger.checkpoints c set signed_at = l.numbered from ledger.leaves l where l.n = c.size - 1;
alter table ledger.checkpoints alter column signed_at drop default;
alter table ledger.entries force row level security;
alter table ledger.leaves force row level security;
alter table ledger.checkpoints force row level security;
