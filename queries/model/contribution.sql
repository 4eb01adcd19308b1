-- What part of the chosen accounts' revenue and profit does each of them make? Shares over `selection`.

create view chosen_figures as
from account_figures join selection using (account_id);

-- one row; `known_*`: the chosen accounts whose profit is known, the base of every share
create view chosen_total as
select
    sum(revenue) as revenue,
    sum(revenue) filter (profit is not null) as known_revenue,
    sum(profit) as known_profit,
    count(profit) as known_accounts,
    margin_of(sum(profit), sum(revenue) filter (profit is not null)) as margin
from chosen_figures;

-- shares rest on the accounts with known profit; a profit share needs a profit, and both need revenue
create macro share_of_revenue(revenue, known_revenue) as ratio_of(revenue, known_revenue);
create macro share_of_profit(profit, known_profit, known_revenue) as case when known_revenue > 0
    then ratio_of(profit, known_profit) end;

-- the chosen accounts, each with its share of all of them
create view account_contribution as
select
    f.*, k.* exclude (account_id), t.known_revenue, t.known_profit, f.profit is not null as known,
    case when f.profit is not null then share_of_revenue(f.revenue, t.known_revenue) end as revenue_share,
    share_of_profit(f.profit, t.known_profit, t.known_revenue) as profit_share,
    profit_share - revenue_share as share_gap
from chosen_figures f join account_contribution_all k using (account_id) cross join chosen_total t;
comment on view account_contribution is 'each chosen account with its shares of all of them';
