-- What each built-in role may do. The same as src/contract/roles.ts: a test compares them. The firm's own roles stay.
-- Written by the owner, whom row security binds too; hence a policy of its own for the length of this file.

create policy owner_writes on app.roles to subrosa_owner using (true) with check (true);
delete from app.roles where sealed_name is null;
insert into app.roles (role, permissions) values
  ('partner', '{person.list,role.list,token.manage,matrix.read,grant.request,client.list,matter.list,matter.read,party.list,access.explain,document.upload,document.change,document.list,document.read,document.download,entry.list,client.create,client.change,matter.create,matter.change,party.keep,conflict.check,grant.approve,team.join,team.leave,document.destroy,hold.keep,evidence.make,document.unlock,approval.give,setting.read,ledger.read,wall.keep,grant.break-glass,matrix.change,matter.destroy,witness.keep}'),
  ('lawyer', '{person.list,role.list,token.manage,matrix.read,grant.request,client.list,matter.list,matter.read,party.list,access.explain,document.upload,document.change,document.list,document.read,document.download,entry.list,client.create,client.change,matter.create,matter.change,party.keep,conflict.check,grant.approve,team.join,team.leave,document.destroy,hold.keep,evidence.make}'),
  ('paralegal', '{person.list,role.list,token.manage,matrix.read,grant.request,client.list,matter.list,matter.read,party.list,access.explain,document.upload,document.change,document.list,document.read,document.download,entry.list}'),
  ('staff', '{person.list,role.list,token.manage,matrix.read,grant.request,client.list,matter.list,matter.read,party.list,access.explain,document.upload,document.change,document.list,document.read,document.download,entry.list}'),
  ('compliance', '{person.list,role.list,token.manage,matrix.read,grant.request,setting.read,ledger.read,ledger.oversee,log-review.keep,evidence.make,approval.give,wall.keep,register.read,client.merge,conflict.check,conflict.decide,grant.oversee,access.oversee,matrix.change,probe.run,hold.keep,matter.destroy,quarantine.release,integrity.keep,witness.keep}'),
  ('records', '{person.list,role.list,token.manage,matrix.read,grant.request,client.list,matter.list,matter.read,party.list,access.explain,document.upload,document.change,document.list,document.read,document.download,entry.list}'),
  ('administrator', '{person.list,role.list,token.manage,matrix.read,grant.request,setting.read,approval.give,person.invite,person.read,person.change,person.reset,person.leave,person.provision,role.change,group.change,setting.change,key.rotate,receiver.keep,clock.confirm,quarantine.release,storage.move,integrity.keep}'),
  ('auditor', '{person.list,role.list,token.manage,matrix.read,grant.request,setting.read,ledger.read,ledger.oversee,evidence.make,integrity.keep}');
drop policy owner_writes on app.roles;
