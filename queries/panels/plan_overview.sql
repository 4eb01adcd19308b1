-- How many plans are alive, and how much revenue stands behind those that are not?

select
    count(*) as accounts, count(s.plan_id) as plans,
    count(*) filter (s.health = 'alive') as alive, count(*) filter (s.health = 'slipping') as slipping,
    count(*) filter (s.health = 'unreviewed') as unreviewed, count(*) filter (s.health = 'expired') as expired,
    count(*) filter (s.health = 'none') as no_plan, count(*) filter (s.neglected) as neglected,
    (coalesce(sum(s.revenue) filter (s.neglected), 0) / nullif(sum(s.revenue), 0))::double as neglected_revenue_share,
    coalesce(sum(s.objectives), 0)::bigint as objectives,
        coalesce(sum(s.objectives_unmeasured), 0)::bigint as objectives_unmeasured,
    count(*) filter (s.short_horizon) as short_horizon, count(*) filter (s.never_shared) as never_shared,
    coalesce(sum(s.actions_open), 0)::bigint as actions_open,
        coalesce(sum(s.actions_overdue), 0)::bigint as actions_overdue,
    (select review_days from rule)::bigint as review_days,
        (select plan_months from indicator_rule)::bigint as horizon_months,
    (select plan from has_rows) as plans_fed, (select plan_review from has_rows) as reviews_fed,
    (coalesce(sum(s.revenue) filter (s.health <> 'alive'), 0) / nullif(sum(s.revenue), 0))::double
        as not_alive_revenue_share,
    count(*) filter (s.health <> 'alive') as no_living_plan
from plan_standing s
join programme_selection using (account_id);
