-- Whose profit can be compared with that at the review, and how did it move?
-- grain: account

select
    p.account_id, c.name, p.standing, p.before::double as before, p.after::double as after, p.effect::double as effect,
    p.revenue::double as revenue, last_day(r.review_month) as before_end, x.window_end as after_end
from profit_since p join selection using (account_id) join account c using (account_id)
cross join review_month r cross join context x
order by list_position(['known', 'became unknown', 'became known', 'unknown', 'under 12 months', 'no figures'],
        p.standing),
    p.effect nulls last, p.revenue desc nulls last, p.account_id;
