-- Which months have figures in a currency without a rate?
select
    'warning' as severity, 'financial_period' as table_name, min(f.source_row) as line, 'currency' as column_name,
    upper(f.currency) as value,
    'no rate to ' || c.currency || ' for ' || strftime(f.period_start, '%Y-%m') || ': '
        || count(distinct f.account_id) || ' accounts are left out' as problem,
    'add the month''s rate to fx_rate.csv' as fix
from financial_period f cross join load_context c
where f.scenario = 'actual' and upper(f.currency) <> c.currency
    and not exists (
        from fx_rate r where upper(r.currency) = upper(f.currency) and r.period_start = f.period_start)
group by upper(f.currency), f.period_start, c.currency
order by upper(f.currency), f.period_start;
