-- What needs a decision at each account, and what do I ask for?
-- needs model/further/acquaintance.sql
-- needs model/further/suggestions.sql
-- needs model/further/leaders.sql
-- needs model/further/levers.sql
-- needs model/further/plans.sql
-- needs model/further/asks.sql

select k.account_id, c.name, k.reason, k.because, k.ask, k.serious, k.amount, k.detail
from account_ask k
join selection using (account_id)
join account_card c using (account_id)
join account_attention n using (account_id)
order by n.weight desc, c.revenue desc nulls last, k.account_id, k.place;
