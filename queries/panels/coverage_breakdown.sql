-- How much is covered on each side: all accounts, and those of each tier, region and manager?

with placed as (
    select s.side, s.status, f.revenue, f.profit, unnest([
        {dimension: 'all', value: 'all'}, {dimension: 'tier', value: a.tier::varchar},
        {dimension: 'region', value: a.region}, {dimension: 'manager', value: m.name}], recursive := true)
    from account_side s join programme_selection using (account_id) join account a using (account_id)
    join account_figures f using (account_id) left join person m on m.person_id = a.manager_id)
select
    dimension, value, side, count(*) as accounts,
    count(*) filter (status = 'covered') as covered, count(*) filter (status = 'stale') as stale,
    count(*) filter (status = 'new') as new, count(*) filter (status = 'uncovered') as uncovered,
    sum(revenue)::double as revenue,
    coalesce(sum(revenue) filter (status = 'covered'), 0)::double as covered_revenue,
    coalesce(sum(revenue) filter (status = 'stale'), 0)::double as stale_revenue,
    coalesce(sum(revenue) filter (status = 'new'), 0)::double as new_revenue,
    coalesce(sum(revenue) filter (status = 'uncovered'), 0)::double as uncovered_revenue,
    sum(profit)::double as profit,
    coalesce(sum(profit) filter (status = 'covered'), 0)::double as covered_profit,
    coalesce(sum(profit) filter (status = 'stale'), 0)::double as stale_profit,
    coalesce(sum(profit) filter (status = 'new'), 0)::double as new_profit,
    coalesce(sum(profit) filter (status = 'uncovered'), 0)::double as uncovered_profit
from placed
group by dimension, value, side
order by list_position(['all', 'tier', 'region', 'manager'], dimension), value nulls last, side desc;
