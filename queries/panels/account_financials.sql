-- What did each account book month by month, against its budget?

with budget as (
    select f.account_id, f.period_start,
        f.revenue * case when f.currency = c.currency then 1::decimal(18, 8) else x.rate end as budget_revenue
    from financial_period f cross join context c
    left join fx_rate x on x.currency = f.currency and x.period_start = f.period_start
    where f.scenario = 'budget')
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
