-- Which leaders showed up at the customer?
-- A what-if runs this file again: who counts as a leader rests on who is assigned.

-- level 5, or an assigned sponsor of the account; never its own manager
create view activity_of_leader as
select v.*
from done_activity v
join account a using (account_id)
join person p on p.person_id = v.person_id
where v.person_id is distinct from a.manager_id
    and (p.level = 5 or exists (from assigned g where g.account_id = v.account_id and g.person_id = v.person_id));

-- the last year-end negotiation of each account, and whether a leader was there; none held: no row
create table last_negotiation as
with held as (
    select account_id, max(occurred_on) as held_on
    from done_activity where kind = 'year_end_negotiation' and account_id is not null group by account_id)
select h.*, exists (from activity_of_leader l where l.account_id = h.account_id
    and l.kind = 'year_end_negotiation' and l.occurred_on = h.held_on) as leader_present
from held h;
