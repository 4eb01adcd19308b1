-- How do revenue and profit run month by month, and against the budget?

select
    m.month, sum(m.revenue)::double as revenue, sum(m.profit)::double as profit,
    margin_of(sum(m.profit), sum(m.revenue) filter (m.profit is not null)) as margin,
    count(*) filter (m.booked) as accounts,
    sum(m.budget_revenue)::double as budget_revenue, sum(m.budget_profit)::double as budget_profit,
    sum(m.revenue - m.budget_revenue)::double as revenue_against_budget,
    sum(m.profit - m.budget_profit)::double as profit_against_budget,
    count(*) filter (m.budgeted) as budgeted_accounts
from budgeted_month m
join selection using (account_id)
cross join context c
where m.month <= c.last_month
group by m.month
order by m.month;
