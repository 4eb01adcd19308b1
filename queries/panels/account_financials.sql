-- What did each account book month by month, against its budget?

select
    account_id, m.month, m.revenue::double as revenue, m.cogs::double as cogs,
    m.cost_to_serve::double as cost_to_serve, m.profit::double as profit, margin_of(m.profit, m.revenue) as margin,
    m.budget_revenue::double as budget_revenue
from budgeted_month m
join selection using (account_id)
cross join context c
where m.month <= c.last_month
order by account_id, month;
