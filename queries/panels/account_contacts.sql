-- Whom do we know at each customer, and when did we last meet?

select
    h.account_id, h.name, h.role, h.level::bigint as level, h.stance::bigint as stance, h.advisory_board,
    max(v.occurred_on) as last_touch_on, h.stakeholder_id
from stakeholder h
join listed_selection using (account_id)
left join done_activity v on v.stakeholder_id = h.stakeholder_id and v.account_id = h.account_id
where h.active
group by h.stakeholder_id, h.account_id, h.name, h.role, h.level, h.stance, h.advisory_board
order by h.account_id, level desc nulls last, h.name, h.stakeholder_id;
