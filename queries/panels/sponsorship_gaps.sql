-- Which sides stand without a live sponsor, since when, and who is proposed for them?
-- grain: account

select
    g.account_id, a.name, g.side, g.status, g.since, f.revenue::double as revenue,
    g.suggested, nullif(g.suggested_because, '') as suggested_because, g.why, g.suggested_id
from sponsor_suggestion g
join listed_selection using (account_id)
join account a using (account_id)
join account_figures f using (account_id)
order by f.revenue desc nulls last, g.account_id, g.side desc;
