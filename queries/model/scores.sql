-- How is each factor scored, how fresh is it, who says so, and what has moved?

-- the latest assessment of each pair (account, factor) on or before `day`; `valid`: not expired on it
create macro score_at(day) as table
with chosen_day as (select day as seen_on),
latest as (
    select account_id, factor_id, max(assessed_on) as assessed_on, any_value(seen_on) as seen_on
    from assessment, chosen_day where assessed_on <= seen_on group by account_id, factor_id)
select
    a.account_id, a.factor_id, a.score, a.assessed_on, a.assessor_id, a.evidence,
        index_of(a.score, f.scale_max) as index,
    freshness_of(seen_on - a.assessed_on, f.fresh_days, f.expire_days) as freshness,
    freshness <> 'expired' as valid
from latest join assessment a using (account_id, factor_id, assessed_on) join success_factor f using (factor_id);

-- every account x factor, scored or not; `index` also of an expired score, `valid_index` only of a valid one
create table factor_score as
select
    a.account_id, f.factor_id, f.code, f.weight, f.scale_max, n.score, n.index, n.assessed_on,
    of_programme(a.status, coalesce(n.freshness, 'missing')) as freshness,
    case when n.assessed_on is not null then confidence_of(coalesce(regexp_matches(n.evidence, '\S'), false),
        p.person_id is not null and p.person_id is distinct from a.manager_id) end as confidence,
    case when n.valid then n.index end as valid_index,
    light_of(valid_index, r.red_below, r.green_from) as light,
    case when b.valid then b.index end as previous_index,
    valid_index - previous_index as change, move_of(change, r.flat_points) as move,
    case when n.valid and b.valid then n.score - b.score end as levels_moved
from account a
cross join success_factor f
cross join rule r
left join (from score_at((select as_of from context))) n on n.account_id = a.account_id and n.factor_id = f.factor_id
    and a.status is distinct from 'exited'
left join (from score_at((select since from context))) b on b.account_id = a.account_id and b.factor_id = f.factor_id
    and a.status is distinct from 'exited'
left join person p on p.person_id = n.assessor_id;
comment on table factor_score is
    'score of every account and factor at as_of, with its freshness and its value at since';

-- an account that left the programme has no index: its row is empty
create table account_score as
select
    a.account_id,
    weighted_index(valid_index, weight) as index,
    weighted_index(previous_index, weight) as previous_index,
    index_change_of(change, weight) as index_change,
    round(exact_sum(case when valid_index is not null then weight end) / nullif(exact_sum(weight), 0),
        9) as known_share,
    case when any_value(p.account_id) is not null then count(valid_index) end as factors_known,
    case when any_value(p.account_id) is not null then count(factor_id) end as factors,
    case when any_value(p.account_id) is not null then count(*) filter (light = 'red') end as reds,
    min_by(s.code, (valid_index, factor_id)) filter (valid_index is not null) as weakest,
    count(*) filter (valid_index is not null and confidence <> 'low') as factors_supported,
    min(levels_moved) as deepest_fall,
    string_agg(f.factor, ', ' order by factor_id) filter (light = 'red') as red_factors,
    string_agg(f.factor, ', ' order by factor_id) filter (levels_moved <= -1) as fallen_factors
from account a left join programme_account p using (account_id)
left join factor_score s on s.account_id = p.account_id
left join (select factor_id, factor_text(name, code) as factor from success_factor) f using (factor_id)
group by a.account_id;
comment on table account_score is 'index of each account: weighted over its valid factors, with what it rests on';
