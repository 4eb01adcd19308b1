-- Order lines rolled up by account and month: the same money as the ledger.
select
    account_id, date_trunc('month', order_date)::date as period_start, 'USD' as currency,
    sum(revenue) as revenue, sum(cost) as cogs
from read_csv('sales_lines.csv', types = {'revenue': 'decimal(18, 4)', 'cost': 'decimal(18, 4)'})
group by all
