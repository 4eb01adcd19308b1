-- Who goes into the next year-end negotiation without a leader?

-- ahead: one is planned after as-of, or it is the last quarter of the year and none was held in it yet;
-- exposed: nobody live on the external side, and no planned one names a leader;
-- year_end: alone or led into the one that is ahead, empty where none is or the side cannot be judged
create table negotiation_ahead as
with planned as (
    select v.account_id, min(v.occurred_on) as planned_on,
        bool_or(p.active and v.person_id is distinct from a.manager_id
            and (p.level = 5 or exists (from assigned g where g.account_id = v.account_id
                and g.person_id = v.person_id))) as named
    from activity v join activity_kind k using (kind) join account a using (account_id)
    left join person p on p.person_id = v.person_id cross join context c
    where k.mechanism = 'year_end_negotiation' and v.status = 'planned' and v.occurred_on > c.as_of
        group by v.account_id),
-- whoever negotiated in the last quarter of this year has it behind him
done_this_quarter as (
    select distinct v.account_id from activity v join activity_kind k using (kind) cross join context c
    where k.mechanism = 'year_end_negotiation' and v.status = 'done'
        and v.occurred_on between make_date(year(c.as_of), 10, 1) and c.as_of),
held as (
    select h.account_id, h.held_on, h.leader_present
    from last_negotiation h cross join context c where h.held_on > months_later(c.as_of, -12))
select
    s.account_id, n.planned_on, h.held_on, h.leader_present,
    n.planned_on is not null or (has_rows.activity and c.as_of >= make_date(year(c.as_of), 10, 1)
        and d.account_id is null) as ahead,
    ahead and s.status in ('uncovered', 'stale') and not coalesce(n.named, false) as exposed,
    case when exposed then 'alone' when ahead and s.status is not null then 'led' end as year_end
from account_side s cross join context c cross join has_rows left join planned n using (account_id)
left join held h using (account_id) left join done_this_quarter d using (account_id)
where s.side = 'external';
comment on table negotiation_ahead is
    'the next year-end negotiation of each account, and whether a leader goes into it';
