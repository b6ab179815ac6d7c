-- What makes documents findable. Nothing here is in the clear: texts and cards are sealed, terms are keyed tokens by which equal words
-- of two matters do not look equal.

-- What a version says, once it was read; or why it was not.
create table app.texts (
  version_id uuid primary key references app.versions on delete cascade,
  matter_id uuid not null references app.matters,
  -- scan: pages of it are pictures of letters, and wait for the machine that reads them
  state text not null check (state in ('read', 'scan', 'unreadable')),
  why text check (why in ('too-much', 'broken', 'took-too-long', 'hostile', 'encrypted', 'crashed', 'kind', 'missing')),
  -- under a key of its version's; null where it is not readable
  sealed_text bytea,
  -- characters of it
  length integer not null default 0 check (length >= 0),
  -- its tokens and dictionary are made of it
  is_indexed boolean not null default false,
  read_at timestamptz not null default clock_timestamp(),
  check ((state = 'unreadable') = (why is not null)),
  check ((state = 'unreadable') = (sealed_text is null))
);
alter table app.texts alter column sealed_text set storage external;
create index texts_of_matter on app.texts (matter_id);
create index texts_unread on app.texts (state) where state <> 'read';

-- Keyed tokens of a version's words, and a sealed card by which it is ranked (docs/formats/search.md).
create table app.terms (
  version_id uuid primary key references app.versions on delete cascade,
  document_id uuid not null,
  matter_id uuid not null references app.matters,
  tokens integer[] not null,
  sealed_card bytea not null
);
-- tokens are as good as random: nothing is gained by packing them
alter table app.terms alter column tokens set storage external;
-- what comes in goes in at once: a list of what is still to go in would be read through by each of a search's look-ups, one per matter
create index terms_tokens on app.terms using gin (tokens) with (fastupdate = off);
create index terms_of_matter on app.terms (matter_id);

-- The same of a matter's own words: its number, title, client and parties.
create table app.matter_terms (
  matter_id uuid primary key references app.matters,
  tokens integer[] not null
);
alter table app.matter_terms alter column tokens set storage external;
create index matter_terms_tokens on app.matter_terms using gin (tokens) with (fastupdate = off);

-- The words that documents of one class in one matter hold, in sealed blocks; block -1: what has come since they were last put in order.
create table app.lexicon (
  matter_id uuid not null references app.matters,
  class text not null check (class in ('confidential', 'privileged', 'restricted')),
  block smallint not null check (block between -1 and 63),
  part uuid not null,
  sealed_words bytea not null,
  primary key (matter_id, class, block, part)
);
alter table app.lexicon alter column sealed_words set storage external;

-- What has to be read or indexed anew; named by triggers in the transaction of what changed.
create table app.to_index (
  kind text not null check (kind in ('version', 'matter', 'lexicon')),
  subject uuid not null,
  matter_id uuid not null references app.matters,
  -- 1: only its words anew; 2: read it; 3: pictures of letters are read
  step smallint not null check (step between 1 and 3),
  since timestamptz not null default clock_timestamp(),
  not_before timestamptz not null default '-infinity',
  tries smallint not null default 0,
  primary key (kind, subject)
);
create index to_index_next on app.to_index (step, since);

-- Searches that someone keeps; name and words under the firm's key.
create table app.saved_searches (
  id uuid primary key,
  person_id uuid not null references app.people,
  sealed_name bytea not null,
  sealed_words bytea not null,
  -- they are told when something new answers it
  is_told boolean not null,
  created_at timestamptz not null default clock_timestamp(),
  -- what was indexed before this was there when they last looked, or was told
  seen_at timestamptz not null default clock_timestamp()
);
create index saved_searches_of_person on app.saved_searches (person_id);
create index saved_searches_told on app.saved_searches (id) where is_told;

-- Work that a person has left to be done for them runs in a session of its own, which sees what they see and ends within minutes.
alter table app.sessions drop constraint sessions_kind_check, add constraint sessions_kind_check check (kind in ('browser', 'command', 'token', 'errand'));

-- what there is already
alter table app.versions no force row level security;
alter table app.matters no force row level security;
insert into app.to_index (kind, subject, matter_id, step, since) select 'version', id, matter_id, 2, created_at from app.versions;
insert into app.to_index (kind, subject, matter_id, step) select 'matter', id, id, 1 from app.matters where destroyed_at is null;
alter table app.versions force row level security;
alter table app.matters force row level security;
