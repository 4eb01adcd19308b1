-- How do revenue and profit run month by month?

select
    m.period_start as month, sum(m.revenue)::double as revenue, sum(m.profit)::double as profit,
    margin_of(sum(m.profit), sum(m.revenue) filter (m.profit is not null)) as margin,
    count(*) as accounts
from money_month m
join selection using (account_id)
cross join context c
where m.period_start <= c.last_month
group by m.period_start
order by month;
