-- What is the smallest change that lifts an account's money measures by one step?

-- profit to add until the account's margin is `times` the portfolio's, which rises along with it
create macro profit_to_reach(times, revenue, profit, all_revenue, all_profit) as
    case when all_revenue > times * revenue and revenue > 0
        then cents_up((times * all_profit::double * revenue::double - profit::double * all_revenue::double)
            / (all_revenue::double - times * revenue::double)) end;

-- an amount to add so that its share of a total, which grows along with it, rises to `share`
create macro amount_to_share(share, amount, total) as
    case when share < 1 then cents_up((share * total::double - amount::double) / (1 - share)) end;

-- `profit_to_margin`: to the margin that the accounts chosen have today, which is the value at stake; `profit_to_average`: until
-- nothing is at stake any more, which is more, because the average rises along
create view money_lift as
select
    s.account_id, f.* exclude (account_id),
    case when revenue > 0 and value_at_stake > 0 then cents_up(value_at_stake) end as profit_to_margin,
    profit_to_reach(1, revenue, profit, known_revenue, known_profit) as profit_to_average,
    profit_to_reach(i.profit_index, revenue, profit, known_revenue, known_profit) as profit_to_index,
    case when revenue_share > 0 then amount_to_share(revenue_share, profit, known_profit) end as profit_to_share,
    amount_to_share(revenue_share + 0.01, revenue, known_revenue) as revenue_to_point,
    amount_to_share(profit_share + 0.01, profit, known_profit) as profit_to_point,
    (select count(*) from chosen_figures where profit is not null) as known_accounts
from asked s
left join account_standing f using (account_id) cross join indicator_rule i;

-- over every account of the file, as the quadrant is
create view quadrant_lift as
select r.*, f.revenue::double as revenue, f.profit::double as profit,
    profit_to_reach(1, f.revenue, f.profit, r.known_revenue, r.known_profit) as profit_to_average,
    (select min(x.revenue::double) from account_figures x where x.profit is not null and x.revenue::double >= r.median_revenue) as big_from
from account_rank r join account_figures f using (account_id);

-- what share, index and value at stake rest on
create view money_base as
select unnest([
    given(1, 'Revenue of the account', revenue, 'money', null, null, (select at_rows('financial_period', source_row) from month_asked where in_window)),
    given(2, 'Profit of the account', profit, 'money', case when profit is null then 'a cost or a rate is missing in the window' end,
        null, (select at_rows('financial_period', source_row) from month_asked where in_window)),
    given(3, 'Margin of the account', margin, 'share'),
    given(4, 'Revenue of the accounts chosen', known_revenue, 'money', count_text(known_accounts, 'account') || ' with known profit'),
    given(5, 'Profit of the accounts chosen', known_profit, 'money'),
    given(6, 'Margin of the accounts chosen', portfolio_margin, 'share')
    ], recursive := true)
from money_lift;
