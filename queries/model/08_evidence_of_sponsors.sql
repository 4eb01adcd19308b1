-- What do the facts say about who is assigned? The indicators of factor TOP that a what-if may change, apart from the others.
-- A what-if runs this file again.

create table indicator_of_sponsors as
with told as (
    select g.account_id, unnest([
        fact('TOP', 'internal_covered', fed_flag(fed.sponsorship, g.internal = 'covered'), 1, false, 'sponsorship, activity'),
        fact('TOP', 'external_covered', fed_flag(fed.sponsorship, g.external = 'covered'), 1, false, 'sponsorship, activity'),
        fact('TOP', 'leader_at_negotiation', n.leader_present::integer::double, 1, false, 'activity')
        ], recursive := true)
    from account_coverage g cross join fed left join last_negotiation n using (account_id))
select account_id, code, indicator, value, threshold, at_most, judged(value, threshold, at_most) as met, source
from told where code in (select code from success_factor);
