-- What do the facts say about who is assigned? The indicators of factor TOP that a what-if may change, apart from the
-- others.
-- A what-if runs this file again.

create table indicator_of_sponsors as
with told as (
    select account_id, unnest(fact('TOP', side || '_covered', (status = 'covered')::integer::double, 1, false,
        'sponsorship, activity'))
    from account_side
    union all
    select account_id, unnest(fact('TOP', 'leader_at_negotiation', case
        when held_on >= months_later(as_of, -negotiation_months)
        then leader_present::integer::double end, 1, false, 'activity'))
    from account cross join context cross join rule left join last_negotiation using (account_id))
select account_id, code, indicator, value, threshold, at_most, judged(value, threshold, at_most) as met, source
from (select t.* replace (of_programme(a.status, t.value) as value) from told t join account a using (account_id))
where code in (select code from success_factor);
