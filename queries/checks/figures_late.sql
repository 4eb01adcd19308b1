-- Which accounts, booked month by month until then, lack the last one to three months of the others?
with booked as (
    select f.account_id, max(f.period_start) as last_booked
    from financial_period f join account a using (account_id) cross join load_months m
    where f.scenario = 'actual' and f.period_start <= m.last_month and a.status is distinct from 'exited'
        and date_diff('month', m.first_month, m.last_month) >= 10
    group by f.account_id),
late as (
    select b.account_id, b.last_booked, m.last_month
    from booked b cross join load_months m
    join financial_period f on f.account_id = b.account_id and f.scenario = 'actual'
        and f.period_start between b.last_booked - interval 11 month and b.last_booked
    where date_diff('month', b.last_booked, m.last_month) between 1 and 3
    group by all having count(*) >= 11)
select
    'warning' as severity, 'financial_period' as table_name, null::integer as line, 'account_id' as column_name,
    string_agg(account_id, ', ' order by account_id) as value,
    'booked to ' || strftime(last_booked, '%b %Y') || ', the file to ' || strftime(last_month, '%b %Y') || ': '
        || count(*) || case count(*) when 1 then ' account is' else ' accounts are' end
        || ' late, so growth and change stay empty there' as problem,
    'load the missing months when they are booked' as fix
from late
group by last_booked, last_month
order by last_booked;
