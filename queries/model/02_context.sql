-- Which day, which comparison, which window, which basis? The reader's `choice` with every default settled.

create table context as
with told as (
    select
        coalesce(c.as_of, (select try_cast(value as date) from setting_in_force where key = 'as_of'), c.today) as as_of,
        c.since, c.time_window, c.rates,
        coalesce(c.basis, case when exists (from financial_period where scenario = 'actual' and cost_to_serve is not null)
            then 'contribution' else 'gross' end) as basis,
        coalesce(
            (select value from setting_in_force where key = 'currency'),
            (select case when count(distinct currency) = 1 then any_value(currency) end from financial_period),
            (select case when count(distinct currency) = 1 then any_value(currency) end from programme), '') as currency
    from choice c),
latest_review as (
    from review_point, told where held_on < as_of order by held_on desc, name limit 1),
settled as (
    select
        t.* exclude (since), last_full_month(t.as_of) as last_month,
        case when t.since is null then coalesce((select held_on from latest_review), months_later(t.as_of, -3))
            else coalesce((select held_on from review_point where name = t.since), try_cast(t.since as date)) end as since,
        case when t.since is null then coalesce((select name from latest_review), '3 months earlier')
            when exists (from review_point where name = t.since) then t.since
            else day_text(try_cast(t.since as date)) end as since_label
    from told t),
windowed as (
    select
        s.*,
        case time_window when 'ytd'
            then make_date(year(last_month) - (month(last_month) < fiscal_year_start_month)::integer, fiscal_year_start_month, 1)
            else months_later(last_month, -11) end as window_start,
        last_day(last_month) as window_end,
        months_later(last_month, -11) as ttm_start
    from settled s, rule)
select
    *,
    months_later(window_start, -12) as previous_start,
    last_day(months_later(last_month, -12)) as previous_end,
    (select last_day(max(period_start)) from financial_period where scenario = 'actual') as last_figures,
    exists (from financial_period
        where scenario = 'actual' and period_start between window_start and window_end) as has_figures
from windowed;
