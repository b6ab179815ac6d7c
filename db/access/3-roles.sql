-- What each role may do. The same as src/contract/roles.ts: a test compares them.
-- Written by the owner, whom row security binds too; hence a policy of its own for the length of this file.

create policy owner_writes on app.roles to subrosa_owner using (true) with check (true);
delete from app.roles;
insert into app.roles (role, permissions) values
  ('partner', '{person.list,token.manage,client.list,client.create,matter.list,matter.create,matter.read,team.join,team.leave,document.upload,document.list,document.read,document.download,entry.list,ledger.read}'),
  ('lawyer', '{person.list,token.manage,client.list,client.create,matter.list,matter.create,matter.read,team.join,team.leave,document.upload,document.list,document.read,document.download,entry.list}'),
  ('paralegal', '{person.list,token.manage,client.list,matter.list,matter.read,document.upload,document.list,document.read,document.download,entry.list}'),
  ('staff', '{person.list,token.manage,client.list,matter.list,matter.read,document.upload,document.list,document.read,document.download,entry.list}'),
  ('compliance', '{person.list,token.manage,ledger.read,ledger.oversee}'),
  ('records', '{person.list,token.manage,client.list,matter.list,matter.read,document.upload,document.list,document.read,document.download,entry.list}'),
  ('administrator', '{person.list,person.create,token.manage,clock.confirm}'),
  ('auditor', '{person.list,token.manage,ledger.read,ledger.oversee}');
drop policy owner_writes on app.roles;
