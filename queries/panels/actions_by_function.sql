-- Which function is behind with its actions?

select
    min(s.function) as function, count(*) as actions_open, count(*) filter (s.overdue) as actions_overdue,
    count(distinct s.account_id) filter (s.overdue) as accounts_overdue
from action_standing s
join programme_selection using (account_id)
where not s.done
group by lower(s.function)
order by actions_overdue desc, actions_open desc, function;
