-- Where are a score and its evidence furthest apart?
-- grain: account

select
    g.account_id, a.name, g.factor_id::bigint as factor_id, g.code, g.index, g.evidence_index, g.gap, g.claim, g.met,
        g.not_met, g.unknown,
    g.met_indicators, g.not_met_indicators, g.unknown_indicators, g.confidence, g.assessed_on, g.light as state,
        f.name as factor
from claim_gap g
join account a using (account_id)
join success_factor f using (factor_id)
order by g.claim not in ('overclaimed', 'underclaimed'), abs(g.gap) desc, g.revenue desc nulls last, a.name,
    g.account_id, g.factor_id;
