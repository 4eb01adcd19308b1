-- Where does co-innovation money bring no return, and which rich accounts have no programme?
-- grain: account

select
    g.gap, g.account_id, a.name, g.programme, g.amount::double as amount, g.spent::double as spent,
    g.realised_profit::double as realised_profit, s.revenue::double as revenue, s.margin, s.profit_index,
    s.value_priced_share, s.quadrant, g.programme_id
from co_innovation_gap g
join account_contribution s using (account_id)
join account a using (account_id)
order by g.place, g.amount desc nulls last, g.account_id, g.programme_id;
