-- What did each account earn? Revenue, costs and profit in the reporting currency, month by month.

-- contribution: revenue - cost of goods sold - cost to serve; gross: without cost to serve. Null if a cost is.
create macro profit_of(basis, revenue, cogs, cost_to_serve) as
    case basis when 'gross' then revenue - cogs else revenue - cogs - cost_to_serve end;

-- profit per unit of revenue, a fraction; null without positive revenue
create macro margin_of(profit, revenue) as ratio_of(profit, revenue);

-- (this - before) / before; null without a positive start
create macro growth_of(this, before) as case when before > 0 then (this / before)::double - 1 end;

-- every booked or budgeted month in the reporting currency, unrounded; null where the rate is missing
create view converted_month as
with rated as (
    select f.*, worth(f.currency, c.currency, x.rate) as to_reporting
    from financial_period f
    cross join context c
    left join month_rate x on x.currency = upper(f.currency)
        and x.period_start = rate_month(f.period_start, c.rates, c.window_start))
select
    account_id, period_start, scenario, to_reporting is null as rate_missing,
    revenue * to_reporting as revenue, cogs * to_reporting as cogs, cost_to_serve * to_reporting as cost_to_serve,
    revenue_value_priced * to_reporting as value_priced, revenue_cost_plus * to_reporting as cost_plus,
    revenue_market_priced * to_reporting as market_priced
from rated;

create macro months_of(wanted) as table
select m.*, profit_of(c.basis, m.revenue, m.cogs, m.cost_to_serve) as profit
from converted_month m cross join context c
where m.scenario = wanted;

create view money_month as from months_of('actual');

-- what was booked beside what was planned, for each account and month that has one of them
create view budgeted_month as
select
    account_id, period_start as month, a.account_id is not null as booked, b.account_id is not null as budgeted,
    coalesce(a.rate_missing, false) as rate_missing, a.revenue, a.cogs, a.cost_to_serve, a.profit,
    b.revenue as budget_revenue, b.profit as budget_profit
from money_month a full join months_of('budget') b using (account_id, period_start);

-- the same up to the last full month, as a table of what the line over all accounts sums
create table trend_month as
select account_id, month, booked, budgeted, rate_missing, revenue, profit, budget_revenue, budget_profit
from budgeted_month cross join context c where month <= c.last_month;
comment on table trend_month is 'revenue and profit of each account and month, booked and budgeted, up to the last one';
