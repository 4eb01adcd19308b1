-- Which months are not written as their first day?
with months as (
    select 'financial_period' as table_name, source_row, period_start from financial_period
    where account_id not in (select account_id from four_week_account)  -- they hear of their periods instead
    union all
    select 'fx_rate', source_row, period_start from fx_rate)
select
    'error' as severity, table_name, source_row as line, 'period_start' as column_name,
    period_start::varchar as value, 'is not the first day of a month' as problem,
    'write ' || date_trunc('month', period_start)::date as fix
from months
where day(period_start) <> 1
order by table_name, line;
