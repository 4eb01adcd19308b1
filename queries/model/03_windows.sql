-- What did each account earn in the window, and in the same window a year earlier?

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

create table account_span as
select account_id, min(period_start) as first_month, max(period_start) as last_month, false as late, false as stopped
from financial_period where scenario = 'actual' group by account_id;

-- one row per account: the window, the same window a year earlier, and trailing twelve months as a weight
create table account_figures as
with booked as (
    select m.*, period_start between window_start and window_end as w, period_start between previous_start and previous_end as b,
        period_start between ttm_start and window_end as t, period_start between months_later(ttm_start, -12) and previous_end as y
    from money_month m cross join context
    where period_start between months_later(ttm_start, -12) and window_end),
summed as (
    select
        account_id, count(*) filter (w) as months, count(*) filter (b) as months_before, bool_or(rate_missing) filter (w) as rate_missing,
        complete_sum_of(revenue, w) as revenue, complete_sum_of(cogs, w) as cogs, complete_sum_of(cost_to_serve, w) as cost_to_serve,
        complete_sum_of(profit, w) as profit, complete_sum_of(revenue, b) as revenue_before, complete_sum_of(profit, b) as profit_before,
        sum(value_priced) filter (w) as value_priced, sum(cost_plus) filter (w) as cost_plus, sum(market_priced) filter (w) as market_priced,
        complete_sum_of(revenue, t) as revenue_of_year, complete_sum_of(profit, t) as profit_of_year,
        complete_sum_of(revenue, y) as revenue_of_year_before, complete_sum_of(profit, y) as profit_of_year_before
    from booked group by account_id)
select
    account_id, coalesce(s.months, 0) as months, coalesce(s.months_before, 0) as months_before,
    coalesce(s.rate_missing, false) as rate_missing,
    s.revenue, s.cogs, s.cost_to_serve, s.profit, s.revenue_before, s.profit_before,
    s.profit is null as profit_unknown,
    case when coalesce(s.months, 0) = 0 then 'none' else 'complete' end as figures,
    growth_of(s.revenue, s.revenue_before) as revenue_growth,
    s.profit - s.profit_before as profit_change,
    -- known in both windows, or not there in one of them: what a sum of changes runs over
    s.months > 0 and s.revenue is null or s.months_before > 0 and s.revenue_before is null
        or coalesce(s.months + s.months_before, 0) = 0 as revenue_incomparable,
    s.months > 0 and s.profit is null or s.months_before > 0 and s.profit_before is null
        or coalesce(s.months + s.months_before, 0) = 0 as profit_incomparable,
    is_empty_growth(s.revenue, s.revenue_before, s.profit, s.profit_before) as empty_growth,
    -- success factors look at twelve months, whatever window the reader chose; null where it cannot be told
    is_empty_growth(s.revenue_of_year, s.revenue_of_year_before, s.profit_of_year, s.profit_of_year_before) as empty_growth_of_year,
    greatest(coalesce(s.revenue_of_year, 0), 0)::double as weight,
    coalesce(s.value_priced, s.cost_plus, s.market_priced) is not null as prices_given,
    coalesce(s.value_priced, 0) as value_priced,
    coalesce(s.value_priced, 0) + coalesce(s.cost_plus, 0) + coalesce(s.market_priced, 0) as priced,
    case when prices_given and s.revenue > 0 and priced > 0 and (s.revenue - priced) / s.revenue <= 0.5
        then (coalesce(s.value_priced, 0) / priced)::double end as value_priced_share
from account left join summed s using (account_id);
