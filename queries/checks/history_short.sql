-- Does the history reach back far enough to compare the last twelve months with those a year earlier?
with told as (
    select first_month, 12 - date_diff('month', last_month - interval 23 month, first_month) as months_before
    from load_months)
select
    'warning' as severity, 'financial_period' as table_name, null::integer as line, 'period_start' as column_name,
    '' as value,
    'history begins ' || strftime(first_month, '%b %Y') || ': ' || greatest(months_before, 0)
        || ' of 12 months a year earlier; changes and growth stay empty' as problem,
    'load the months before it too' as fix
from told
where months_before < 12;
