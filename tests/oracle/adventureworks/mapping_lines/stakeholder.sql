-- Contacts come with a role and without a name: the role stands for it.
select contact_id as stakeholder_id, account_id, contact_role as name, contact_role as role
from read_csv('contacts.csv')
