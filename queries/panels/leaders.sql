-- Who is a sponsor, or could be one: how many accounts in the file, and is there room for more?

-- nothing carried is worth 0; carried, and nobody knows what it is worth, stays unknown
select
    l.person_id, l.name, l.function, l.level::bigint as level, l.active, coalesce(k.accounts, 0) as accounts,
    case when k.person_id is null then 0 else k.revenue end::double as revenue,
    load_of(l.accounts, r.load_warn, r.load_over) as load, l.accounts as accounts_in_file,
    case when k.person_id is null then 0 else k.lost_revenue end::double as lost_revenue,
    l.person_id in (select person_id from free_leaders()) as free
from possible_leaders() l
cross join rule r
left join leader_load() k using (person_id)
order by coalesce(k.accounts, 0) desc, k.revenue desc nulls last, l.active desc, l.level desc, l.name, l.person_id;
