-- what question factor_summary sums: a row per account and factor, a column per sum
select
    s.account_id, s.factor_id::bigint as factor_id, s.valid_index::decimal(38, 10) as valid_index,
    (s.valid_index * s.revenue)::decimal(38, 10) as index_weighted, s.revenue::decimal(38, 10) as weight,
    (case when s.valid_index is not null then s.revenue end)::decimal(38, 10) as known_weight,
    (case when s.light = 'red' then s.revenue end)::decimal(38, 10) as red_weight,
    s.change::decimal(38, 10) as change,
    s.light = 'red' as red, s.light = 'amber' as amber, s.light = 'green' as green, s.light = 'unknown' as unknown,
    s.move = 'rose' as rose, s.move = 'fell' as fell, s.freshness = 'fresh' as fresh, s.freshness = 'ageing' as ageing,
    s.freshness = 'expired' as expired, s.freshness = 'missing' as missing,
    s.valid_index is not null and s.confidence = 'high' as high,
    s.valid_index is not null and s.confidence = 'medium' as medium,
    s.valid_index is not null and s.confidence = 'low' as low,
    s.claim = 'overclaimed' as overclaimed, s.claim = 'underclaimed' as underclaimed,
    s.gap is not null and s.judged as claims_checked,
    r.red_below, r.green_from, r.programme_problem_share
from weighted_score s cross join rule r
where s.in_programme;
