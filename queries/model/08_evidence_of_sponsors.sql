-- What do the facts say about sponsorship? The indicators of factor TOP, apart from the others.
-- A what-if runs this file again.

create table indicator_of_sponsors as
with board as (select account_id, true as seat from stakeholder where advisory_board and active group by account_id),
decided as (
    select account_id, max(decided_on) as decided_on from (
        select account_id, occurred_on as decided_on from done_activity where kind = 'investment_committee'
        union all select account_id, committee_on from programme, context where committee_on <= as_of)
    where account_id is not null group by account_id),
known as (
    select a.account_id, c.as_of, fed, limits, g.internal, g.external, n.leader_present, b.seat, k.decided_on
    from account a cross join context c cross join fed cross join indicator_rule limits
    join account_coverage g using (account_id)
    left join last_negotiation n using (account_id) left join board b using (account_id)
    left join decided k using (account_id)),
told as (
    select account_id, unnest([
        fact('TOP', 'internal_covered', fed_flag(fed.sponsorship, internal = 'covered'), 1, false, 'sponsorship, activity'),
        fact('TOP', 'external_covered', fed_flag(fed.sponsorship, external = 'covered'), 1, false, 'sponsorship, activity'),
        fact('TOP', 'leader_at_negotiation', leader_present::integer::double, 1, false, 'activity'),
        fact('TOP', 'advisory_board_seat', fed_flag(fed.stakeholder, seat), 1, false, 'stakeholder'),
        fact('TOP', 'committee_decided', fed_flag(fed.activity or fed.programme,
            decided_on >= months_later(as_of, -limits.committee_months)), 1, false, 'activity, programme')
        ], recursive := true)
    from known)
select account_id, code, indicator, value, threshold, at_most, judged(value, threshold, at_most) as met, source
from told where code in (select code from success_factor);
