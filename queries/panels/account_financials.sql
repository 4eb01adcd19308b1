-- What did each account book month by month, against its budget, up to the last full month?

select
    account_id, m.month, m.revenue::double as revenue, m.cogs::double as cogs, m.cost_to_serve::double as cost_to_serve,
    m.profit::double as profit, m.margin, m.budget_revenue::double as budget_revenue,
    m.budget_profit::double as budget_profit, m.budget_margin, m.profit_to_budget::double as profit_to_budget
from account_month m
join selection using (account_id)
order by account_id, month;
