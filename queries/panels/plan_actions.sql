-- Which actions of each plan are still open, which are overdue, and who owes them?
-- grain: account

select
    s.account_id, a.name, p.name as plan, o.name as objective, s.action, s.owner, s.function, s.due_on,
    s.days_overdue::bigint as days_overdue, s.status, s.action_id
from action_standing s
join listed_selection using (account_id)
join account a using (account_id)
join plan_now p using (plan_id)
join objective_now o using (objective_id)
where not s.done
order by s.overdue desc, s.due_on nulls last, s.account_id, s.action_id;
