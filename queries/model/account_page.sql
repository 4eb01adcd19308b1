-- What does the page of one account compare it with: budget, rank among all accounts, the portfolio's median?

-- the budget of the window; empty unless every month of it has one
create view account_budget as
with planned as (
    select account_id, window_months, count(*) as budget_months, complete_sum(revenue) as revenue,
        complete_sum(profit_of(basis, revenue, cogs, cost_to_serve)) as profit
    from converted_month cross join context
    where scenario = 'budget' and period_start between window_start and window_end
    group by account_id, window_months)
select
    f.account_id, coalesce(p.budget_months, 0) as budget_months, s.window_months,
    case when budget_months = s.window_months then p.revenue end as budget_revenue,
    case when budget_months = s.window_months then p.profit end as budget_profit,
    -- months that are not known have no budget to be held against
    case when f.figures not in ('late', 'short') then growth_of(f.revenue, budget_revenue) end as revenue_to_budget,
    case when f.figures not in ('late', 'short') then f.profit - budget_profit end as profit_to_budget
from account_figures f cross join context s left join planned p using (account_id);
comment on view account_budget is
    'the budget of the window beside what was booked; empty unless every month of it has one';

-- 1 is the best index; accounts with the same index share a rank; those without an index, or with too little of the
-- weight known, have none
create view index_rank as
with judged as (select account_id, case when is_ranked(known_share) then index end as ranked from account_score)
select account_id, case when ranked is not null then rank() over (order by ranked desc nulls last) end as index_rank,
    count(ranked) over () as accounts_ranked
from judged;
comment on view index_rank is 'rank of every account by its index, among all accounts of the file';

-- over every account of the programme with a valid score, whatever is chosen
create table factor_median as
select factor_id, median(valid_index) filter (account_id in (from programme_account)) as portfolio_median
    from factor_score group by factor_id;
comment on table factor_median is 'the middle valid index of each factor over all accounts of the file';

-- revenue of the window of each chosen account by how its price was made; what no row says is unknown
create view price_basis as
with priced as (
    select account_id, complete_sum(revenue) as revenue, sum(value_priced) as value_priced, sum(cost_plus) as cost_plus,
        sum(market_priced) as market_priced
    from money_month semi join selection using (account_id) cross join context c
    where period_start between c.window_start and c.window_end group by account_id),
parts as (
    select account_id, revenue, unnest([
        {place: 1, basis: 'value', amount: value_priced}, {place: 2, basis: 'cost-plus', amount: cost_plus},
        {place: 3, basis: 'market', amount: market_priced},
        {place: 4, basis: 'unknown', amount: revenue - coalesce(value_priced, 0) - coalesce(cost_plus, 0) - coalesce(
            market_priced, 0)}
    ], recursive := true)
    from priced)
select account_id, place, basis, amount as revenue, margin_of(amount, revenue) as share from parts;
comment on view price_basis is 'revenue of the window of each chosen account by how its price was made';

-- booked and budgeted months up to the last full month of the booked range
create view account_month as
select m.*, margin_of(m.profit, m.revenue) as margin, margin_of(m.budget_profit, m.budget_revenue) as budget_margin,
    m.profit - m.budget_profit as profit_to_budget
from budgeted_month m cross join context c
where m.month <= c.last_month;
comment on view account_month is 'booked and budgeted months of every account up to the last full one';
