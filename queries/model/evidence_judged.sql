-- Which indicators are met, and what does a score claim against them?

create view account_indicator as from indicator_of_sponsors union all from indicator_of_account;
comment on view account_indicator is 'every indicator of every account: value, threshold, met, source';

-- met / (met + not met), 0..100; and what a score claims against it, from so many known indicators on (claim_facts)
create macro claim_of(light, evidence, facts, red_below, green_from, claim_facts) as
    case when light = 'unknown' or evidence is null or facts < claim_facts then 'unknown'
        when light = 'green' and evidence < red_below then 'overclaimed'
        when light = 'red' and evidence >= green_from then 'underclaimed' else 'supported' end;

create macro evidence_of(met) as (100.0 * count(*) filter (met) / nullif(count(met), 0))::double;

create table score_evidence as
with met as (
    select account_id, code, evidence_of(met) as evidence_index, count(met) as facts
    from account_indicator group by account_id, code)
select s.*, m.evidence_index, s.valid_index - m.evidence_index as gap,
    case when s.freshness is not null
        then claim_of(s.light, m.evidence_index, m.facts, r.red_below, r.green_from, r.claim_facts) end as claim,
    m.facts >= r.claim_facts as judged
from factor_score s cross join rule r left join met m using (account_id, code);
comment on table score_evidence is 'table score with the evidence index and the claim beside each score';
