-- How did the last year-end negotiation of each account go: when, and with a leader present? None held: no row.
-- A what-if runs this file again.

create table last_negotiation as
select account_id, max(held_on) as held_on,
    case when bool_or(by_leader is not null)
        then coalesce(max(held_on) filter (by_leader) = max(held_on), false) end as leader_present
from negotiation_held() group by account_id;
