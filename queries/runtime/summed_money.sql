-- what the shares of accounts and whale_curve rest on: a row per account
select
    account_id, revenue::decimal(38, 10) as revenue, profit::decimal(38, 10) as profit,
    case when profit is not null then revenue::decimal(38, 10) end as known_revenue
from account_figures;
