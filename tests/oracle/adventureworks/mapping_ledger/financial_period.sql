-- The monthly ledger; cost is the cost of goods sold, there is no cost to serve.
select account_id, period as period_start, 'USD' as currency, revenue, cost as cogs
from read_csv('ledger_monthly.csv')
