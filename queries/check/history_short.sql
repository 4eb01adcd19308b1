-- Does the history hold the same twelve months a year earlier?
with booked as (
    select min(period_start) as first_month, arg_min(source_row, period_start) as line,
        least(max(period_start), date_trunc('month', any_value(as_of) + 1)::date - interval 1 month)::date as last_month
    from financial_period cross join load_context where scenario = 'actual'),
held as (
    select *, greatest(datediff('month', first_month, last_month) - 11, 0) as months_before from booked
    where first_month <= last_month)
select
    'warning' as severity, 'financial_period' as table_name, line, 'period_start' as column_name,
    strftime(first_month, '%Y-%m') as value,
    'history begins ' || strftime(first_month, '%b %Y') || ': ' || months_before || ' of 12 months a year earlier, '
        || 'so no growth, change or bridge is told' as problem,
    'add the months before, at least 24 in all' as fix
from held where months_before < 12;
