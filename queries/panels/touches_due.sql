-- By when does each side with a live sponsor need its next touch?
-- grain: account

select
    s.account_id, a.name, s.side, s.status, s.sponsor, s.last_touch_on, s.cadence_days::bigint as cadence_days,
    s.due_on, (s.due_on - c.as_of)::bigint as days_left, f.revenue::double as revenue
from account_side_due s
join listed_selection using (account_id)
join account a using (account_id)
join account_figures f using (account_id)
cross join context c
order by s.due_on, f.revenue desc nulls last, s.account_id, s.side desc;
