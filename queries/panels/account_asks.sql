-- What needs a decision at each account, and what do I ask for?
-- grain: account

select k.account_id, c.name, k.reason, k.because, k.ask, k.serious, k.amount, k.detail
from account_ask k
join selection using (account_id)
join account_card c using (account_id)
join account_attention n using (account_id)
order by n.weight desc, c.revenue desc nulls last, k.account_id, k.place;
