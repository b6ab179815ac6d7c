-- Reviews of the access log: what is looked at at which intervals and by whom, each period's accesses drawn and found, what was
-- said of them, and the signature.

create table app.log_reviews (
  id uuid primary key,
  -- {name, filter, rules}, under the firm's key
  sealed_plan bytea not null,
  cadence text not null check (cadence in ('weekly', 'monthly', 'quarterly')),
  sample integer not null check (sample between 1 and 200),
  -- from the end of a period until its review is overdue
  days integer not null check (days between 1 and 90),
  reviewer_id uuid references app.people,
  -- null: it came with the firm
  made_by uuid references app.people,
  made_at timestamptz not null default clock_timestamp(),
  -- when the period under way ends
  next_at timestamptz not null,
  version integer not null default 1,
  retired_at timestamptz
);
create index log_reviews_due on app.log_reviews (next_at) where retired_at is null;

create table app.log_review_tasks (
  id uuid primary key,
  review_id uuid not null references app.log_reviews,
  period_from timestamptz not null,
  period_to timestamptz not null check (period_to > period_from),
  due_at timestamptz not null,
  -- the review's as it was then
  sealed_plan bytea not null,
  entries bigint not null check (entries >= 0),
  reviewer_id uuid references app.people,
  made_at timestamptz not null default clock_timestamp(),
  started_at timestamptz,
  reminded_at timestamptz,
  outcome text check (outcome in ('clean', 'findings')),
  sealed_findings bytea,
  signed_by uuid references app.people,
  signed_at timestamptz,
  constraint log_review_tasks_once unique (review_id, period_to),
  constraint log_review_tasks_signed check ((signed_at is null) = (signed_by is null) and (signed_at is null) = (outcome is null) and (signed_at is null) = (sealed_findings is null))
);
create index log_review_tasks_open on app.log_review_tasks (due_at) where signed_at is null;

create table app.log_review_items (
  task_id uuid not null references app.log_review_tasks,
  entry_id uuid not null,
  why text[] not null,
  mark text check (mark in ('fine', 'question')),
  sealed_note bytea,
  marked_by uuid references app.people,
  primary key (task_id, entry_id)
);
