-- Where does an account stand among the chosen ones? Shares, value at stake and quadrant over `selection`.

create view chosen_figures as
from account_figures join selection using (account_id);

-- one row; `known_*`: accounts whose profit is known, the base of every share
create view chosen_total as
select
    sum(revenue) as revenue,
    sum(revenue) filter (profit is not null) as known_revenue,
    sum(profit) as known_profit,
    margin_of(sum(profit), sum(revenue) filter (profit is not null)) as margin,
    median(revenue::double) filter (profit is not null) as median_revenue
from chosen_figures;

-- profit that average margin would add (+) or take away (-); sums to 0
create macro value_at_stake(revenue, profit, portfolio_margin) as revenue::double * portfolio_margin - profit::double;

-- shares rest on the accounts with known profit; a profit share needs a profit
create macro share_of_revenue(revenue, known_revenue) as case when known_revenue <> 0 then (revenue / known_revenue)::double end;
create macro share_of_profit(profit, known_profit) as case when known_profit > 0 then (profit / known_profit)::double end;

create macro quadrant_of(revenue, margin, portfolio_margin, median_revenue) as
    case when margin is null or portfolio_margin is null then null
        when margin >= portfolio_margin then case when revenue::double >= median_revenue then 'protect' else 'invest' end
        else case when revenue::double >= median_revenue then 're-price' else 'fix or exit' end end;

create view account_standing as
with based as (
    select f.*, t.margin as portfolio_margin, t.median_revenue, t.known_revenue, t.known_profit,
        f.profit is not null as known, margin_of(f.profit, f.revenue) as margin
    from chosen_figures f cross join chosen_total t)
select
    *,
    case when known then share_of_revenue(revenue, known_revenue) end as revenue_share,
    share_of_profit(profit, known_profit) as profit_share,
    profit_share - revenue_share as share_gap,
    case when known_profit > 0 then margin / portfolio_margin end as profit_index,
    value_at_stake(revenue, profit, portfolio_margin) as value_at_stake,
    quadrant_of(revenue, margin, portfolio_margin, median_revenue) as quadrant
from based;

-- the same over every account of the file: what filters and evidence refer to, whatever is chosen
create table account_rank as
select account_id, quadrant, profit_index, value_at_stake, margin, portfolio_margin, median_revenue, known_revenue, known_profit
from account_standing;
