-- How did the last year-end negotiation of each account go: when, and with a leader present? None held: no row.
-- A what-if runs this file again.

create table last_negotiation as
with held as (
    select account_id, max(occurred_on) as held_on
    from done_activity where kind = 'year_end_negotiation' and account_id is not null group by account_id)
select h.*, l.account_id is not null as leader_present
from held h
left join (select distinct account_id, occurred_on as held_on from activity_of_leader() where kind = 'year_end_negotiation') l
    using (account_id, held_on);
