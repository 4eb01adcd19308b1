-- What has happened with each account, and what is due, by date?
-- needs model/further/timeline.sql

select e.account_id, e.on_day as "on", e.kind, e.what, p.name as who, e.about, e.on_day > c.as_of as ahead
from account_event e
cross join context c
left join person p using (person_id)
order by e.account_id, "on" desc, e.kind, e.what, who;
