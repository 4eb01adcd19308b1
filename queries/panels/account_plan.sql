-- What does each account's plan want, who owns what, and how far is it?

with lines as (
    select account_id, plan_id, objective_id, name as objective, null as action, owner_id, due_on,
        null::date as done_on,
        progress_of(baseline_value, current_value, target_value) as progress,
        case when overdue then 'overdue' else status end as status, null as action_id,
        joint, value_type, baseline_value, current_value, target_value
    from objective_now
    union all by name
    select t.account_id, t.plan_id, t.objective_id, o.name as objective, t.name as action, t.owner_id, t.due_on,
        t.done_on,
        case when t.done then 'done' when t.overdue then 'overdue' else 'open' end as status, t.action_id
    from action_now t join objective_now o using (objective_id))
select
    l.account_id, p.name as plan, l.objective, l.action, w.name as owner, l.due_on, l.done_on, l.progress, l.status,
    l.joint, l.value_type as measure, l.baseline_value as baseline, l.current_value as current,
        l.target_value as target,
    l.objective_id, l.action_id
from lines l
join listed_selection using (account_id)
join plan_now p using (plan_id)
left join person w on w.person_id = l.owner_id
order by l.account_id, l.objective_id, l.action_id nulls first;
