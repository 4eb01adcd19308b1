-- How do revenue and profit run month by month, and against the budget?
-- summed: yes

-- an account whose revenue is unknown in one of the months is in none of them: else the line would fall where only
-- a rate is missing
with left_out as (
    select distinct account_id from trend_month semi join selection using (account_id) where rate_missing),
kept as (
    from selection anti join left_out using (account_id)),
months as (
    select unnest(generate_series(first_booked, last_month, interval 1 month))::date as month
    from context where first_booked <= last_month),
-- whether a month lies in somebody's booked span: without a row nothing was booked then, which is known
spanned as (
    select m.month, bool_or(m.month between s.first_month and case when s.late then s.last_month
        else c.last_month end) as known
    from months m cross join context c cross join (from account_span semi join kept using (account_id)) s
        group by m.month)
select
    n.month,
    coalesce(sum(m.revenue), case when any_value(s.known) then 0 end)::double as revenue,
    coalesce(sum(m.profit), case when any_value(s.known) and count(*) filter (m.booked) = 0
        then 0 end)::double as profit,
    margin_of(sum(m.profit), sum(m.revenue) filter (m.profit is not null)) as margin,
    count(*) filter (m.booked) as accounts,
    sum(m.budget_revenue)::double as budget_revenue, sum(m.budget_profit)::double as budget_profit,
    sum(m.revenue - m.budget_revenue)::double as revenue_against_budget,
    sum(m.profit - m.budget_profit)::double as profit_against_budget,
    count(*) filter (m.budgeted) as budgeted_accounts,
    (select count(*) from left_out) as left_out
from months n
left join (from trend_month semi join kept using (account_id)) m on m.month = n.month
left join spanned s on s.month = n.month
group by n.month
order by n.month;
