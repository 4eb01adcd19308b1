-- Resellers as key accounts; the region is the sales territory.
select
    account_id, account_name as name, account_manager_id as manager_id,
    territory as region, business_type as industry
from read_csv('accounts.csv')
