-- Which plans are alive, and which are not?

select
    h.account_id, a.name, h.plan, h.status, h.end_on as ends_on,
    datediff('month', c.as_of, h.end_on) - (day(h.end_on) < day(c.as_of) and h.end_on >= c.as_of)::integer as months_left,
    h.last_reviewed_on, h.objectives, h.objectives_closed, h.actions_open, h.actions_overdue,
    case when h.plan_id is not null then h.shared_with_customer end as shared_with_customer, h.health, h.why
from account_plan_health h
join selection using (account_id)
join account a using (account_id)
cross join context c
order by list_position(['none', 'expired', 'unreviewed', 'slipping', 'alive'], h.health), a.name, h.account_id;
