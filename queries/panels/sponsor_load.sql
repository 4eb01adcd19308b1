-- Which leaders carry how many accounts, and who is overloaded, silent or leaving?
-- summed: yes

select
    l.person_id, p.name, p.function, p.level::bigint as level, l.accounts, l.revenue::double as revenue,
    load_of(l.accounts_all, r.load_warn, r.load_over) as load, l.orphan_risk, l.touches_made, l.touches_due,
    l.sides_on_time, l.sides, l.accounts_all, l.lost_accounts, l.lost_revenue::double as lost_revenue,
    l.sides_unknown, l.independent, l.independence_known, l.level_match, l.level_known, l.lost_names
from leader_load() l
join person p using (person_id)
cross join rule r
order by l.accounts desc, l.revenue desc nulls last, l.person_id;
