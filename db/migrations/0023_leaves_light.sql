-- A leaf names its entry, and the check of the whole ledger finds one that is gone; the key between them was asked for every leaf.
-- That no entry is deleted is held by a trigger on the entries (db/access/ledger.sql), and by nobody holding the right.
alter table ledger.leaves drop constraint leaves_entry_id_fkey;
