-- What is the smallest change that lifts an account's money measures by one step?
-- Over 80 lines because the measures share what they rest on.

-- profit to add until the account's margin is `times` the programme's, which rises along with it
create macro profit_to_reach(times, revenue, profit, all_revenue, all_profit) as
    case when all_revenue > times * revenue and revenue > 0
        then cents_up((times * all_profit::double * revenue::double - profit::double * all_revenue::double)
            / (all_revenue::double - times * revenue::double)) end;

-- an amount to add so that its share of a total, which grows along with it, rises to `share`
create macro amount_to_share(share, amount, total) as
    case when share < 1 then cents_up((share * total::double - amount::double) / (1 - share)) end;

-- the account asked about: against the programme (`programme_*`, which no filter moves) and among the accounts chosen.
-- `profit_to_margin`: to the margin that the programme has today, which is the value at stake; `profit_to_average`:
-- until nothing is at stake any more, which is more, because the programme's margin rises along
create view money_lift as
select
    s.account_id, f.* exclude (account_id), y.*,
    case when revenue > 0 and value_at_stake > 0 then cents_up(value_at_stake) end as profit_to_margin,
    case when in_programme then profit_to_reach(1, revenue, profit, programme_revenue,
        programme_profit) end as profit_to_average,
    -- where the programme makes a loss, more profit would lower the index
    case when in_programme and programme_margin > 0
        then profit_to_reach(i.profit_index, revenue, profit, programme_revenue,
            programme_profit) end as profit_to_index,
    case when revenue_share > 0 then amount_to_share(revenue_share, profit, known_profit) end as profit_to_share,
    amount_to_share(revenue_share + 0.01, revenue, known_revenue) as revenue_to_point,
    amount_to_share(profit_share + 0.01, profit, known_profit) as profit_to_point,
    (select known_accounts from chosen_total) as known_accounts
from asked s
left join account_contribution f using (account_id) cross join indicator_rule i
cross join (select known_revenue as programme_revenue, known_profit as programme_profit,
    known_accounts as programme_known from programme_yardstick) y;

-- what makes an account rich or big; a hurdle that is set stays, the programme's margin rises along
create view quadrant_lift as
with told as (
    select r.*, f.revenue::double as revenue, f.profit::double as profit, f.months, f.figures, y.known_revenue,
        y.known_profit, y.median_revenue,
        s.hurdle_margin is not null as hurdle_set, s.big_from is not null as size_set,
        r.margin_cut - r.quadrant_band - r.margin as margin_missing
    from account_contribution_all r join account_figures f using (account_id) cross join programme_yardstick y cross
        join rule s)
select *,
    case when hurdle_set then margin_missing * revenue
        when known_revenue > revenue then margin_missing * revenue * known_revenue::double / (
            known_revenue::double - revenue) end as missing,
    -- less than the band below the cut is rich, exactly the band below is not
    case when quadrant_band > 0 then (floor(round(missing * 100, 6)) + 1) / 100
        else cents_up(missing) end as profit_to_rich,
    case when size_set then revenue_cut
        else (select min(x.revenue::double) from account_figures x semi join programme_account using (account_id)
            where x.profit is not null and x.revenue::double >= revenue_cut) end as big_from
from told;

create macro account_money(r, p, m) as [
    explained_input(1, 'Revenue of the account', r, 'money', null, null,
        (select at_rows('financial_period', source_row) from month_asked where in_window)),
    explained_input(2, 'Profit of the account', p, 'money', case when p is null
        then 'a cost or a rate is missing in the window' end,
        null, (select at_rows('financial_period', source_row) from month_asked where in_window)),
    explained_input(3, 'Margin of the account', m, 'share')];

-- what index, lever and value at stake rest on: the programme
create view programme_base as
select unnest(account_money(revenue, profit, margin) || [
    explained_input(4, 'Revenue of the programme', programme_revenue, 'money', count_text(programme_known, 'account')
        || ' with known profit, whatever the filter'),
    explained_input(5, 'Profit of the programme', programme_profit, 'money'),
    explained_input(6, 'Margin of the programme', programme_margin, 'share')
    ], recursive := true)
from money_lift;

-- what shares rest on: the accounts chosen
create view share_base as
select unnest(account_money(revenue, profit, margin) || [
    explained_input(4, 'Revenue of the accounts chosen', known_revenue, 'money', count_text(known_accounts, 'account')
        || ' with known profit'),
    explained_input(5, 'Profit of the accounts chosen', known_profit, 'money')
    ], recursive := true)
from money_lift;
