-- How is each account scored on each factor, and do the facts support it?
-- needs model/further/page.sql

select
    s.account_id, a.name, s.factor_id::bigint as factor_id, s.code, s.score, s.scale_max, s.index, s.assessed_on,
    s.freshness, s.confidence, s.previous_index, s.change, s.evidence_index, s.claim, s.light as state,
    m.portfolio_median
from score_evidence s
join selection using (account_id)
join account a using (account_id)
join factor_median m using (factor_id)
order by a.name, s.account_id, s.factor_id;
