-- Does the source hold several currencies without saying in which to report?
with used as (
    select 'financial_period' as table_name, source_row, upper(currency) as currency from financial_period
    union all
    select 'programme', source_row, upper(currency) as currency from programme)
select
    'error' as severity, arg_min(table_name, source_row) as table_name, null::integer as line,
    'currency' as column_name, string_agg(distinct currency, ', ' order by currency) as value,
    'several currencies, and no setting says in which to report' as problem,
    'add a row "currency" with one of them to setting.csv, and the rates to fx_rate.csv' as fix
from used
where not exists (from setting where key = 'currency')
having count(distinct currency) > 1;
