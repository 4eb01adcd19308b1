-- Which co-innovation programmes run, what do they cost and what came back?
-- grain: account

select
    p.programme_id, p.account_id, p.name, p.kind, p.status, p.start_on, p.end_on,
    p.own_commitment::double as own_commitment, p.spent::double as spent, p.realised_profit::double as realised_profit,
    p.multi_year, ratio_of(p.yearly_commitment, f.weight) as commitment_to_revenue,
    a.name as account, ratio_of(p.spent, p.own_commitment) as spent_share,
    ratio_of(p.realised_profit, p.spent) as profit_on_spent, p.return_due, p.running, k.quadrant
from programme_figures p
join selection using (account_id)
join account a using (account_id)
join account_figures f using (account_id)
join account_contribution_all k using (account_id)
order by p.start_on, p.programme_id;
