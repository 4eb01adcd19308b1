-- How is each account scored on each factor, and do the facts support it?
-- grain: account

select
    s.account_id, a.name, s.factor_id::bigint as factor_id, s.code, s.score, s.scale_max, s.index, s.assessed_on,
    s.freshness, s.confidence, s.previous_index, s.change, s.evidence_index, s.claim, m.portfolio_median,
        s.light as state,
    s.move, (c.as_of - s.assessed_on)::bigint as age_days, s.gap, r.red_below, f.name as factor
from score_evidence s
join listed_selection using (account_id)
join account a using (account_id)
join factor_median m using (factor_id)
join success_factor f using (factor_id)
cross join context c
cross join rule r
order by a.name, s.account_id, s.factor_id;
