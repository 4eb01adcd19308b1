-- Which sides stand without a live sponsor, since when, and who could step in?
-- needs model/further/acquaintance.sql
-- needs model/further/suggestions.sql

select
    g.account_id, a.name, g.side, g.status, g.since, f.revenue::double as revenue,
    u.suggested, u.suggested_because, g.why, u.suggested_id
from side_gap() g
join selection using (account_id)
join account a using (account_id)
join account_figures f using (account_id)
left join suggestions() u using (account_id, side)
order by f.revenue desc nulls last, g.account_id, g.side desc;
