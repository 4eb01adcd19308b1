-- How far is each score from what the facts say, and which facts are those?

create view claim_gap as
with told as (
    select account_id, code, count(*) filter (met) as met, count(*) filter (not met) as not_met, count(*)
        filter (met is null) as unknown,
        string_agg(indicator, '; ' order by indicator) filter (met) as met_indicators,
        string_agg(indicator, '; ' order by indicator) filter (not met) as not_met_indicators,
        string_agg(indicator, '; ' order by indicator) filter (met is null) as unknown_indicators
    from account_indicator group by account_id, code)
select s.account_id, s.factor_id, s.code, s.index, s.evidence_index, s.gap, s.claim, t.* exclude (account_id, code),
    s.confidence, s.assessed_on, s.light, g.revenue
from score_evidence s join told t using (account_id, code) join listed_selection using (account_id)
    join account_figures g using (account_id)
where s.gap is not null and s.judged;
comment on view claim_gap is 'every valid score that facts can judge, with how far it is from them';
