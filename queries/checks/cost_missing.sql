-- Which months have no cost where others have one?
with booked as (
    select f.* from financial_period f cross join load_months m
    where f.scenario = 'actual' and f.period_start <= m.last_month),
costs as (
    select 'cogs' as column_name, account_id, source_row, cogs as cost from booked
    union all select 'cost_to_serve', account_id, source_row, cost_to_serve from booked)
select
    'warning' as severity, 'financial_period' as table_name, min(source_row) filter (cost is null) as line, column_name,
    array_to_string(list_slice(list_sort(list(distinct account_id) filter (cost is null)), 1, 5), ', ') as value,
    format('is empty in {:,} of {:,} months, at ', count(*) - count(cost), count(*))
        || count(distinct account_id) filter (cost is null) || ' of ' || count(distinct account_id)
        || ' accounts: their profit is not known where the twelve months hold such a month' as problem,
    'fill in the cost, 0 where there was none' as fix
from costs
group by column_name
having count(cost) between 1 and count(*) - 1
order by column_name;
