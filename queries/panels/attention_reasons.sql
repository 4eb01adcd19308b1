-- Why does each account need attention, in words and money?
-- grain: account

select r.account_id, c.name, r.reason, r.detail, r.serious, r.amount
from attention_reason r
join selection using (account_id)
join account_card c using (account_id)
join account_attention n using (account_id)
order by n.weight desc, c.revenue desc nulls last, r.account_id, r.place;
