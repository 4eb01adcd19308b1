-- Which accounts need the director this week, the heaviest first?
-- grain: account

select c.account_id, c.name, n.attention as serious, c.revenue, c.profit, n.reasons,
    n.weight, n.money, n.sponsors, n.factors, n.plan, k.ask, c.internal as internal_status,
        c.external as external_status, k.ask_short
from account_attention n
join selection using (account_id)
join account_card c using (account_id)
left join first_ask k using (account_id)
where n.attention > 0
order by n.weight desc, c.revenue desc nulls last, c.account_id;
