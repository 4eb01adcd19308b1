-- What did each account earn in the window, and in the same window a year earlier?
-- Over 80 lines because the one table of it is read from several windows at once.

-- revenue up, profit down; null unless both are known in both windows and revenue started above zero
create macro is_empty_growth(revenue, revenue_before, profit, profit_before) as
    case when revenue_before > 0 and profit is not null and profit_before is not null
        then revenue > revenue_before and profit < profit_before end;

create macro figures_between(first_day, last_day) as table
select
    account_id, count(*) as months, bool_or(rate_missing) as rate_missing,
    complete_sum(revenue) as revenue, complete_sum(cogs) as cogs, complete_sum(cost_to_serve) as cost_to_serve,
    complete_sum(profit) as profit,
    sum(value_priced) as value_priced, sum(cost_plus) as cost_plus, sum(market_priced) as market_priced
from money_month
where period_start between first_day and last_day
group by account_id;

-- the same over the months for which `inside` holds: several windows in one pass over the months
create macro complete_sum_of(part, inside) as
    case when count(part) filter (inside) = count(*) filter (inside) then sum(part) filter (inside) end;

-- one row per account: the window, the same window a year earlier, and trailing twelve months as a weight
create table account_figures as
with booked as (
    select m.*, period_start between window_start and window_end as w, period_start between previous_start
        and previous_end as b,
        period_start between ttm_start and window_end as t, period_start between months_later(ttm_start, -12)
            and previous_end as y
    from money_month m cross join context
    where period_start between months_later(ttm_start, -12) and window_end),
summed as (
    select
        account_id, count(*) filter (w) as rows_now, count(*) filter (b) as rows_before, count(*)
            filter (y) as rows_of_year_before,
        bool_or(rate_missing) filter (w) as rate_missing,
        complete_sum_of(revenue, w) as revenue, complete_sum_of(cogs, w) as cogs,
            complete_sum_of(cost_to_serve, w) as cost_to_serve,
        complete_sum_of(profit, w) as profit, complete_sum_of(revenue, b) as revenue_before,
            complete_sum_of(profit, b) as profit_before,
        sum(value_priced) filter (w) as value_priced, sum(cost_plus) filter (w) as cost_plus, sum(market_priced)
            filter (w) as market_priced,
        complete_sum_of(revenue, t) as revenue_of_year, complete_sum_of(profit, t) as profit_of_year,
        complete_sum_of(revenue, y) as revenue_of_year_before, complete_sum_of(profit, y) as profit_of_year_before
    from booked group by account_id),
-- inside its booked span a month without a row booked nothing: an older account without any row a year earlier had 0
-- then
placed as (
    select
        a.account_id, p.first_month, p.last_month, coalesce(p.late, false) as late,
            coalesce(p.stopped, false) as stopped,
        coalesce(s.rows_now, 0) as rows_now, coalesce(s.rows_before, 0) as rows_before,
            coalesce(s.rate_missing, false) as rate_missing,
        s.* exclude (account_id, rows_now, rows_before, rate_missing, revenue_before, profit_before,
            revenue_of_year_before, profit_of_year_before),
        case when coalesce(s.rows_before, 0) = 0 and p.first_month < c.previous_start then 0
            else s.revenue_before end as revenue_before,
        case when coalesce(s.rows_before, 0) = 0 and p.first_month < c.previous_start then 0
            else s.profit_before end as profit_before,
        -- known in every month of the window and of the same months a year earlier
        coalesce(c.history_known and p.first_month <= c.previous_start and not p.late, false) as comparable,
        coalesce(c.year_history_known and p.first_month <= months_later(c.ttm_start, -12) and not p.late,
            false) as year_comparable,
        case when coalesce(s.rows_of_year_before, 0) = 0 then 0
            else s.revenue_of_year_before end as revenue_of_year_before,
        case when coalesce(s.rows_of_year_before, 0) = 0 then 0
            else s.profit_of_year_before end as profit_of_year_before,
        c.window_start, c.previous_start, c.previous_end, c.last_month as end_month, c.first_booked, c.history_known
    from account a cross join context c left join summed s using (account_id) left
        join account_span p using (account_id))
select
    account_id,
    case when rows_now = 0 then 'none' when late then 'late' when stopped then 'stopped'
        when first_month > window_start then case when first_month = first_booked then 'short' else 'new' end
        else 'complete' end as figures,
    -- the window's months since the account's first one, a late one's up to its last
    case when rows_now = 0 then 0
        else months_from(greatest(first_month, window_start), case when late then last_month
            else end_month end) end as months,
    case when coalesce(last_month < previous_start, true) then 0
        else months_from(greatest(first_month, previous_start), previous_end) end as months_before,
    rows_now, rows_before, first_month, late, comparable,
    rate_missing, revenue, cogs, cost_to_serve, profit, revenue_before, profit_before,
    profit is null as profit_unknown,
    case when comparable then growth_of(revenue, revenue_before) end as revenue_growth,
    case when comparable then profit - profit_before end as profit_change,
    -- known in both windows, or not there in one of them: what a sum of changes runs over
    not history_known or late or rows_now > 0 and revenue is null or rows_before > 0 and revenue_before is null
        or rows_now + rows_before = 0 as revenue_incomparable,
    case when comparable then is_empty_growth(revenue, revenue_before, profit, profit_before) end as empty_growth,
    -- success factors look at twelve months, whatever window the reader chose; null where it cannot be told
    case when year_comparable
        then is_empty_growth(revenue_of_year, revenue_of_year_before, profit_of_year,
            profit_of_year_before) end as empty_growth_of_year,
    greatest(coalesce(revenue_of_year, 0), 0)::double as weight,
    coalesce(value_priced, cost_plus, market_priced) is not null as prices_given,
    coalesce(value_priced, 0) as value_priced,
    coalesce(value_priced, 0) + coalesce(cost_plus, 0) + coalesce(market_priced, 0) as priced,
    case when prices_given and revenue > 0 and priced > 0 and (revenue - priced) / revenue <= 0.5
        then (coalesce(value_priced, 0) / priced)::double end as value_priced_share
from placed;
comment on table account_figures is 'money of each account in the window and a year earlier, reporting currency';
