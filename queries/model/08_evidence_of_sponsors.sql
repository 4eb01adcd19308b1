-- What do the facts say about who is assigned? The indicators of factor TOP that a what-if may change, apart from the others.
-- A what-if runs this file again.

create table indicator_of_sponsors as
with told as (
    select account_id, unnest(fact('TOP', side || '_covered', fed_flag(fed.sponsorship, status = 'covered'), 1, false, 'sponsorship, activity'))
    from side cross join fed
    union all
    select account_id, unnest(fact('TOP', 'leader_at_negotiation', leader_present::integer::double, 1, false, 'activity'))
    from account left join last_negotiation using (account_id))
select account_id, code, indicator, value, threshold, at_most, judged(value, threshold, at_most) as met, source
from told where code in (select code from success_factor);
