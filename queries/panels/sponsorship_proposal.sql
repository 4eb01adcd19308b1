-- Who should take the sides without a live sponsor, all of them at once?
-- grain: account

select
    g.account_id, a.name, g.side, g.status, f.revenue::double as revenue, g.suggested_id as person_id,
        g.suggested as person,
    case when g.suggested_id is null then 'nobody is free any more' else g.suggested_because end as because,
        g.covered_from,
    case when g.status = 'stale' and g.suggested_id is not null then g.sponsor end as replaces
from sponsor_suggestion g
join listed_selection using (account_id)
join account a using (account_id)
join account_figures f using (account_id)
order by f.revenue desc nulls last, g.account_id, g.side desc;
