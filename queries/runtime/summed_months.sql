-- what question revenue_trend sums: a row per account and month; `known`: within the booked span of the account
with months as (
    select unnest(generate_series(first_booked, last_month, interval 1 month))::date as month
    from context where first_booked <= last_month),
spanned as (
    select s.account_id, m.month
    from months m cross join context c cross join account_span s
    where m.month between s.first_month and case when s.late then s.last_month else c.last_month end),
left_out as (select distinct account_id from trend_month where rate_missing)
select
    account_id, month, s.month is not null as known, account_id in (from left_out) as left_out, t.booked, t.budgeted,
    t.revenue::decimal(38, 10) as revenue, t.profit::decimal(38, 10) as profit,
    case when t.profit is not null then t.revenue::decimal(38, 10) end as known_revenue,
    t.budget_revenue::decimal(38, 10) as budget_revenue, t.budget_profit::decimal(38, 10) as budget_profit,
    (t.revenue - t.budget_revenue)::decimal(38, 10) as revenue_against_budget,
    (t.profit - t.budget_profit)::decimal(38, 10) as profit_against_budget
from trend_month t full join spanned s using (account_id, month);
