-- How many people at the customer do we really know?

select
    t.account_id, a.name, t.contacts_touched, t.executives_touched, t.own_people, t.thread
from account_thread t
join selection using (account_id)
join account a using (account_id)
order by t.contacts_touched, a.name, t.account_id;
