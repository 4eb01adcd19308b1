-- Which day, which comparison, which window, which basis? The reader's `choice` with every default settled.

create table context as
with told as (
    select
        coalesce(c.as_of, (select try_cast(value as date) from setting_in_force where key = 'as_of'), c.today) as as_of,
        c.since, c.time_window, c.rates, c.basis as chosen_basis,
        coalesce(
            (select upper(value) from setting_in_force where key = 'currency'),
            (select case when count(distinct upper(currency)) = 1 then any_value(upper(currency)) end
                from financial_period),
            (select case when count(distinct upper(currency)) = 1 then any_value(upper(currency)) end from programme),
                '')
            as currency
    from choice c),
latest_review as (
    from review_point, told where held_on < as_of order by held_on desc, name limit 1),
-- the booked range: from the first to the last month in which any account has figures
booked as (
    select min(period_start) as first_booked, max(period_start) as last_booked
    from financial_period where scenario = 'actual'),
settled as (
    select
        t.* exclude (since), b.*,
        -- the last full month that is booked; where none is, the last full one
        case when b.first_booked <= last_full_month(t.as_of) then least(last_full_month(t.as_of), b.last_booked)
            else last_full_month(t.as_of) end as last_month,
        case when t.since is null then coalesce((select held_on from latest_review), months_later(t.as_of, -3))
            else coalesce((select held_on from review_point where name = t.since),
                try_cast(t.since as date)) end as since,
        case when t.since is null then coalesce((select name from latest_review), '3 months earlier')
            when exists (from review_point where name = t.since) then t.since
            else day_text(try_cast(t.since as date)) end as since_label
    from told t cross join booked b),
windowed as (
    select
        s.*,
        case time_window when 'ytd'
            then make_date(year(last_month) - (month(last_month) < fiscal_year_start_month)::integer,
                fiscal_year_start_month, 1)
            else months_later(last_month, -11) end as window_start,
        last_day(last_month) as window_end,
        months_later(last_month, -11) as ttm_start
    from settled s, rule),
-- which accounts have a cost to serve in every month that they booked in the window, and with how much revenue
served as (
    select f.account_id, complete_sum(f.revenue * worth(f.currency, w.currency, x.rate)) as revenue,
        count(f.cost_to_serve) = count(*) as whole, count(f.cost_to_serve) > 0 as any_cost
    from financial_period f cross join windowed w
    left join month_rate x on x.currency = upper(f.currency)
        and x.period_start = rate_month(f.period_start, w.rates, w.window_start)
    where f.scenario = 'actual' and f.period_start between w.window_start and w.window_end
    group by f.account_id),
cost_known as (
    select coalesce(bool_or(any_cost), false) as some_cost_to_serve,
        coalesce(ratio_of(sum(revenue) filter (whole), sum(revenue)), 0) as cost_to_serve_share
    from served)
select
    w.* exclude (chosen_basis), k.*, w.chosen_basis is null as basis_by_default,
    coalesce(w.chosen_basis, case when k.cost_to_serve_share >= 0.5 then 'contribution' else 'gross' end) as basis,
    months_later(window_start, -12) as previous_start,
    last_day(months_later(last_month, -12)) as previous_end,
    last_day(last_booked) as last_figures,
    exists (from financial_period
        where scenario = 'actual' and period_start between window_start and window_end) as has_figures,
    months_from(window_start, last_month) as window_months,
    -- how many of the window's months a year earlier lie in the booked range; all of them, or nothing is compared
    case when first_booked is not null then months_from(greatest(months_later(window_start, -12), first_booked),
        months_later(last_month, -12)) else 0 end
        as months_known_before,
    coalesce(first_booked <= months_later(window_start, -12), false) as history_known,
    coalesce(first_booked <= months_later(ttm_start, -12), false) as year_history_known,
    -- full months at as_of that nobody has booked yet
    case when last_booked is null then 0 else datediff('month', last_month,
        last_full_month(as_of)) end as months_unbooked
from windowed w cross join cost_known k;
comment on table context is 'one row: as_of, since, basis, time_window and the days that follow from them';
