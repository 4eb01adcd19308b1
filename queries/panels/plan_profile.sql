-- What does each account's plan want, until when, and who has looked at it?
-- grain: account

select
    s.account_id, s.name, s.plan, s.health, s.why, p.vision, p.priorities, p.challenges, w.name as owner,
    s.start_on as starts_on, s.end_on as ends_on, s.months_left, p.approved_on, p.shared_with_customer_on,
    s.last_reviewed_on, s.last_outcome, s.reviews, s.objectives, s.objectives_closed, s.objectives_unmeasured,
    s.objectives_joint, s.active_plans
from plan_standing s
join listed_selection using (account_id)
left join plan_now p using (plan_id)
left join person w on w.person_id = p.owner_id
order by s.account_id;
