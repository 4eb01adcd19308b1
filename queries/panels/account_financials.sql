-- What did each account book month by month, against its budget?

with budget as (select account_id, period_start, revenue as budget_revenue from converted_month where scenario = 'budget')
select
    account_id, period_start as month, m.revenue::double as revenue, m.cogs::double as cogs,
    m.cost_to_serve::double as cost_to_serve, m.profit::double as profit, margin_of(m.profit, m.revenue) as margin,
    b.budget_revenue::double as budget_revenue
from money_month m
full join budget b using (account_id, period_start)
join selection using (account_id)
cross join context c
where period_start <= c.last_month
order by account_id, month;
