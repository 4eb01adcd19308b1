-- What is the smallest change that lifts a score, an index or a claim by one step?

-- whole levels until the index is `wanted`, at least one
create macro levels_to(wanted, score, scale_max) as greatest(1,
    ceil(round(wanted * scale_max / 100 - score, 9)))::integer;

-- every factor of every account with the next level of its score, and what that does to the account's index
create view score_lift as
with weights as (
    select account_id, sum(case when valid_index is not null then weight end) as known_weight, sum(weight) as all_weight
    from factor_score group by account_id)
select
    s.*, f.name, f.asks, f.provenance, f.fresh_days, f.expire_days, r.red_below, r.green_from,
    a.source_row, a.evidence, a.note, p.name as assessor, a.assessor_id,
    t.index as account_index, coalesce(w.known_weight, 0) as known_weight, w.all_weight,
    case when s.score < s.scale_max then least(s.score + 1, s.scale_max) end as next_score,
    index_of(next_score, s.scale_max) as next_index,
    case when s.valid_index is not null and t.index is not null and w.known_weight > 0
        then s.weight * (next_index - s.index) / w.known_weight end as index_gain,
    case when s.valid_index is not null and w.known_weight > 0
        then s.weight * s.valid_index / w.known_weight end as effect,
    case s.light when 'red' then levels_to(r.red_below, s.score, s.scale_max)
        when 'amber' then levels_to(r.green_from, s.score, s.scale_max) end as levels_to_light,
    case s.light when 'red' then light_of(index_of(s.score + levels_to_light, s.scale_max), r.red_below, r.green_from)
        when 'amber' then 'green' end as next_light,
    m.met, m.told, m.indicators, ceil(round(r.red_below * m.told / 100, 9))::integer - m.met as indicators_to_support
from score_evidence s
join success_factor f using (factor_id)
cross join rule r
join account_score t using (account_id)
join weights w using (account_id)
left join assessment a on a.account_id = s.account_id and a.factor_id = s.factor_id and a.assessed_on = s.assessed_on
left join person p on p.person_id = a.assessor_id
left join (select account_id, code, count(*) filter (met)::integer as met, count(met)::integer as told,
    count(*)::integer as indicators
    from account_indicator group by account_id, code) m on m.account_id = s.account_id and m.code = s.code;

-- the factor asked about, of the account asked about
create view cell_asked as
select s.* from score_lift s join asked using (account_id) where s.code = asked.item;

-- the settings behind those indicators whose threshold is not in their own value
create table indicator_setting (indicator varchar, key varchar);
insert into indicator_setting values
    ('committee_decided', 'indicator_committee_months'), ('long_programme', 'indicator_programme_months'),
        ('plan_horizon', 'indicator_plan_months'),
    ('plan_reviewed', 'indicator_review_days'), ('customer_at_review', 'indicator_customer_review_months'),
    ('manager_trained', 'indicator_trained_months'), ('manager_tenure', 'indicator_tenure_months'),
    ('selection_scored', 'indicator_selection_months'), ('kept_on_decision', 'indicator_keep_months');

-- the indicators of the factor asked about, each against its threshold
create view indicator_lines as
select unnest([explained_input(50 + row_number() over (order by i.indicator) / 100, replace(i.indicator, '_', ' '),
    i.value,
    'number', case when i.met is null then 'unknown' when i.met then 'met' else 'not met' end
    || ', ' || case when i.at_most then 'at most ' else 'at least ' end || plain_number(i.threshold), null,
        fact_source(coalesce(r.words, i.source)))], recursive := true)
from account_indicator i join asked using (account_id) left join indicator_rows() r using (account_id, indicator)
    where i.code = asked.item;

-- the factors of the account asked about, each with the row it was read from
create view factor_lines as
select unnest([explained_input(factor_id, code || ' ' || name, case when valid_index is not null then index end,
    'index',
    'weight ' || plain_number(weight) || case freshness when 'missing' then ', never assessed' when 'expired'
        then ', expired: was ' || plain_number(index) || ', counts no more' else ', ' || freshness || ', confidence '
            || confidence end,
    assessed_on, at_row('assessment', source_row))], recursive := true)
from score_lift join asked using (account_id);
