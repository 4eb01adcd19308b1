-- Which side of which account has a live sponsor?
-- grain: account

select
    s.account_id, a.name, a.tier::bigint as tier, s.side, s.status, s.sponsor, s.last_touch_on,
    s.days_since_touch::bigint as days_since_touch, s.cadence_days::bigint as cadence_days,
    f.revenue::double as revenue, f.profit::double as profit
from account_side s
join listed_selection using (account_id)
join account a using (account_id)
join account_figures f using (account_id)
order by f.revenue desc nulls last, s.account_id, s.side desc;
