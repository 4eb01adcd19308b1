-- Which leader stands on which side of which account, and when was the last touch?
-- grain: account

with placed as (
    select account_id, side, person_id, status, last_touch_on, days_since_touch from sponsor_standing()
    union all by name select account_id, side, person_id, 'left' as status from left_behind()
    union all by name select distinct account_id, side, person_id, 'removed' as status
    from what_if_steps() anti join (from left_behind() union by name select account_id, side, person_id from assigned)
        using (account_id, side, person_id) where not stands and (own or was))
select
    l.account_id, a.name, l.person_id, p.name as leader, l.side, l.status, l.last_touch_on,
    l.days_since_touch::bigint as days_since_touch, f.revenue::double as revenue,
    l.status is not distinct from 'removed' or exists (from what_if_move x where x.person_id = l.person_id
        and (x.move = 'leave' or (x.account_id = l.account_id and x.side = l.side))) as moved
from placed l
join listed_selection using (account_id)
join account a using (account_id)
join person p using (person_id)
join account_figures f using (account_id)
order by f.revenue desc nulls last, l.account_id, l.side desc, p.name, l.person_id;
