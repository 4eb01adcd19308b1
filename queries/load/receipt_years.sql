-- What revenue do the loaded months add up to by fiscal year, in the reporting currency, to be compared with finance?
with rule as (
    select coalesce((select try_cast(value as double)::integer from setting where key = 'fiscal_year_start_month'), 1)
        as first_month),
rates as (
    select upper(currency) as currency, period_start, first(rate order by source_row) as rate
    from fx_rate group by all),
booked as (
    select f.account_id, f.period_start, f.currency, f.revenue,
        case when upper(f.currency) = c.currency then 1::decimal(20, 8) else x.rate::decimal(20, 8) end as rate,
        make_date(year(f.period_start) - (month(f.period_start) < r.first_month)::integer, r.first_month, 1) as starts
    from financial_period f cross join load_context c cross join rule r
    left join rates x on x.currency = upper(f.currency) and x.period_start = f.period_start
    where f.scenario = 'actual')
select starts, min(period_start) as first_month, max(period_start) as last_month,
    count(distinct account_id) as accounts, coalesce(sum(revenue * rate), 0)::decimal(38, 2) as revenue,
    count(*) filter (rate is null) as rows_without_rate
from booked
group by starts
order by starts;
