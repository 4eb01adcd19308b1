-- Which co-innovation programmes run, what do they cost and what came back?
-- needs model/further/bridge.sql

select
    p.programme_id, p.account_id, p.name, p.kind, p.status, p.start_on, p.end_on,
    (p.own_commitment * x.rate)::double as own_commitment, (p.spent * x.rate)::double as spent,
    (p.realised_profit * x.rate)::double as realised_profit,
    p.end_on > months_later(p.start_on, 12) as multi_year,
    ((p.own_commitment * x.rate) / nullif(greatest(f.revenue, 0), 0))::double as commitment_to_revenue,
    a.name as account
from programme p
join selection using (account_id)
join account a using (account_id)
join account_figures f using (account_id)
join programme_rate x using (programme_id)
order by p.start_on, p.programme_id;
