-- Whose plans are alive, and whose are not?

select
    s.manager_id, any_value(s.manager) as manager, count(*) as accounts,
    count(*) filter (s.health = 'alive') as alive, count(*) filter (s.health = 'slipping') as slipping,
    count(*) filter (s.health = 'unreviewed') as unreviewed, count(*) filter (s.health = 'expired') as expired,
    count(*) filter (s.health = 'none') as no_plan, count(*) filter (s.health <> 'alive') as not_alive,
    coalesce(sum(s.actions_overdue), 0)::bigint as actions_overdue, sum(s.revenue)::double as revenue
from plan_standing s
join programme_selection using (account_id)
group by s.manager_id
order by not_alive desc, accounts desc, manager nulls last, s.manager_id;
