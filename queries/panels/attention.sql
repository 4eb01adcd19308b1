-- Which accounts need the director this week, most serious first?

select c.account_id, c.name, n.attention as serious, c.revenue, c.profit, n.reasons,
    c.internal as internal_status, c.external as external_status
from account_attention n
join selection using (account_id)
join account_card c using (account_id)
where n.attention > 0
order by serious desc, c.revenue desc nulls last, c.account_id;
