-- What has happened with each account, and what is due, by date?

select e.account_id, e.on_day as "on", e.kind, e.what, p.name as who, e.about, e.on_day > c.as_of as ahead,
    coalesce(k.label, replace(e.kind, '_', ' ')) as label,
    row_number() over (partition by e.account_id, e.on_day order by e.kind, e.what, p.name)::bigint as event_number
from account_event e
left join activity_kind k using (kind)
cross join context c
left join person p using (person_id)
order by e.account_id, "on" desc, e.kind, e.what, who, event_number;
