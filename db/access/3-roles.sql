-- What each built-in role may do. The same as src/contract/roles.ts: a test compares them. The firm's own roles stay.
-- Written by the owner, whom row security binds too; hence a policy of its own for the length of this file.

create policy owner_writes on app.roles to subrosa_owner using (true) with check (true);
delete from app.roles where sealed_name is null;
insert into app.roles (role, permissions) values
  ('partner', '{person.list,role.list,token.manage,client.list,matter.list,matter.read,document.upload,document.list,document.read,document.download,entry.list,client.create,matter.create,team.join,team.leave,approval.give,setting.read,ledger.read}'),
  ('lawyer', '{person.list,role.list,token.manage,client.list,matter.list,matter.read,document.upload,document.list,document.read,document.download,entry.list,client.create,matter.create,team.join,team.leave}'),
  ('paralegal', '{person.list,role.list,token.manage,client.list,matter.list,matter.read,document.upload,document.list,document.read,document.download,entry.list}'),
  ('staff', '{person.list,role.list,token.manage,client.list,matter.list,matter.read,document.upload,document.list,document.read,document.download,entry.list}'),
  ('compliance', '{person.list,role.list,token.manage,setting.read,ledger.read,ledger.oversee,approval.give}'),
  ('records', '{person.list,role.list,token.manage,client.list,matter.list,matter.read,document.upload,document.list,document.read,document.download,entry.list}'),
  ('administrator', '{person.list,role.list,token.manage,setting.read,approval.give,person.invite,person.read,person.change,person.reset,person.leave,person.provision,role.change,group.change,setting.change,clock.confirm}'),
  ('auditor', '{person.list,role.list,token.manage,setting.read,ledger.read,ledger.oversee}');
drop policy owner_writes on app.roles;
