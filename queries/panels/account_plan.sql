-- What does each account's plan want, who owns what, and how far is it?

with lines as (
    select account_id, plan_id, objective_id, name as objective, null as action, owner_id, due_on, null::date as done_on,
        progress_of(baseline_value, current_value, target_value) as progress,
        case when overdue then 'overdue' else status end as status, null as action_id
    from objective_now
    union all
    select t.account_id, t.plan_id, t.objective_id, o.name, t.name, t.owner_id, t.due_on, t.done_on, null,
        case when t.done then 'done' when t.overdue then 'overdue' else 'open' end, t.action_id
    from action_now t join objective_now o using (objective_id))
select
    l.account_id, p.name as plan, l.objective, l.action, w.name as owner, l.due_on, l.done_on, l.progress, l.status
from lines l
join selection using (account_id)
join plan_now p using (plan_id)
left join person w on w.person_id = l.owner_id
order by l.account_id, l.objective_id, l.action_id nulls first;
