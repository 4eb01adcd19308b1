-- Which plans are alive, and which are not?
-- grain: account

select
    s.account_id, s.name, s.plan, s.status, s.end_on as ends_on, s.months_left, s.last_reviewed_on, s.objectives,
    s.objectives_closed, s.actions_open, s.actions_overdue,
    case when s.plan_id is not null then s.shared_with_customer end as shared_with_customer, s.health, s.why,
    s.manager, s.revenue::double as revenue, s.objectives_unmeasured, s.short_horizon
from plan_standing s
join listed_selection using (account_id)
order by case s.health when 'alive' then 1 else if(s.health is null, 2, 0) end, s.revenue desc nulls last, s.account_id;
