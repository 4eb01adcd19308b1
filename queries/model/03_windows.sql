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

-- one row per account: the window, the same window a year earlier, and trailing twelve months as a weight
create table account_figures as
select
    a.account_id, coalesce(w.months, 0) as months, coalesce(b.months, 0) as months_before,
    coalesce(w.rate_missing, false) as rate_missing,
    w.revenue, w.cogs, w.cost_to_serve, w.profit, b.revenue as revenue_before, b.profit as profit_before,
    w.months is null or w.profit is null as profit_unknown,
    growth_of(w.revenue, b.revenue) as revenue_growth,
    w.profit - b.profit as profit_change,
    -- known in both windows, or not there in one of them: what a sum of changes runs over
    w.months is not null and w.revenue is null or b.months is not null and b.revenue is null
        or (w.months is null and b.months is null) as revenue_incomparable,
    w.months is not null and w.profit is null or b.months is not null and b.profit is null
        or (w.months is null and b.months is null) as profit_incomparable,
    is_empty_growth(w.revenue, b.revenue, w.profit, b.profit) as empty_growth,
    -- success factors look at twelve months, whatever window the reader chose; null where it cannot be told
    is_empty_growth(t.revenue, y.revenue, t.profit, y.profit) as empty_growth_of_year,
    greatest(coalesce(t.revenue, 0), 0)::double as weight,
    coalesce(w.value_priced, w.cost_plus, w.market_priced) is not null as prices_given,
    coalesce(w.value_priced, 0) as value_priced,
    coalesce(w.value_priced, 0) + coalesce(w.cost_plus, 0) + coalesce(w.market_priced, 0) as priced,
    case when prices_given and w.revenue > 0 and priced > 0 and (w.revenue - priced) / w.revenue <= 0.5
        then (coalesce(w.value_priced, 0) / priced)::double end as value_priced_share
from account a
left join (from figures_between((select window_start from context), (select window_end from context))) w using (account_id)
left join (from figures_between((select previous_start from context), (select previous_end from context))) b using (account_id)
left join (from figures_between((select ttm_start from context), (select window_end from context))) t using (account_id)
left join (from figures_between((select months_later(ttm_start, -12) from context), (select previous_end from context))) y using (account_id);
