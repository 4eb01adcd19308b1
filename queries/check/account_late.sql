-- Which accounts book every month, but not yet the last ones?
with ended as (
    select f.account_id, max(f.period_start) as last_month, arg_max(f.source_row, f.period_start) as line,
        (select max(period_start) from financial_period, load_context
            where scenario = 'actual' and last_day(period_start) <= as_of) as end_month
    from financial_period f join account a on a.account_id = f.account_id and a.status <> 'exited'
    where f.scenario = 'actual' group by f.account_id),
monthly as (
    select e.account_id, e.last_month, e.line, e.end_month
    from ended e join financial_period f on f.account_id = e.account_id
    where f.scenario = 'actual' and f.period_start > e.last_month - interval 12 month
        and datediff('month', e.last_month, e.end_month) between 1 and 3
    group by all having count(*) >= 11)
select
    'warning' as severity, 'financial_period' as table_name, m.line, 'period_start' as column_name,
    strftime(m.last_month, '%Y-%m') as value,
    a.name || ' is late: nothing is booked after ' || strftime(m.last_month, '%b %Y') || ', others book up to '
        || strftime(m.end_month, '%b %Y') || '; it is not compared with a year earlier' as problem,
    'add the missing months' as fix
from monthly m join account a using (account_id)
order by m.account_id;
