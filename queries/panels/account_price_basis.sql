-- How are each account's prices made: by value, by cost, by the market?

select b.account_id, b.basis, b.revenue::double as revenue, b.share
from price_basis b
order by b.account_id, b.place;
