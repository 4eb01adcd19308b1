-- Why is this objective or action so far?
-- also explains: plan_actions.action, plan_actions.owner, plan_actions.due_on, plan_actions.days_overdue
-- also explains: plan_actions.objective, plan_actions.function, plan_actions.status, plan_actions.plan
-- also explains: account_plan.owner, account_plan.joint, account_plan.baseline, account_plan.current
-- also explains: account_plan.target, account_plan.measure
-- also explains: account_plan.progress, account_plan.status, account_plan.objective, account_plan.action
-- also explains: account_plan.due_on, account_plan.done_on

with lines as (
    select unnest([
        explained_value('Progress', progress_of(o.baseline_value, o.current_value, o.target_value), 'share', o.name),
        explained_rule(
            '(Current - baseline) / (target - baseline); none where they are equal or one is missing. Overdue: due '
            || 'before the as-of date and not closed.'),
        case when o.current_value <> o.target_value
            then explained_lift('To the target', o.target_value - o.current_value, 'number', 'then it is at 100 %') end,
        explained_input(1, 'Baseline', o.baseline_value, 'number'),
            explained_input(2, 'Current', o.current_value, 'number', o.status, o.value_at::date,
            at_row('objective', o.source_row)),
        explained_input(3, 'Target', o.target_value, 'number', 'due ' || day_text(o.due_on))
        ], recursive := true)
    from objective_now o join asked q using (account_id) where o.name = item_part(q.item, 1)
    union all
    select unnest([explained_input(4, t.name, null, 'text', case when t.done then 'done' when t.overdue then 'overdue'
        else 'open' end || coalesce(', due ' || day_text(t.due_on), ''),
        t.done_on, at_row('action', t.source_row))], recursive := true)
    from action_now t join objective_now o using (objective_id) join asked q on q.account_id = o.account_id
    where o.name = item_part(q.item, 1) and item_part(q.item, 2) in ('', t.name))

select part, label, value, kind, words, on_date, source from lines where part is not null
order by place, on_date desc nulls last, label, source;
