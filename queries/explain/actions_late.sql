-- Why are so many actions of this function overdue?
-- also explains: actions_by_function.actions_overdue, actions_by_function.actions_open
-- also explains: actions_by_function.accounts_overdue, actions_by_function.function

with held as (
    select s.*, a.name, t.source_row, row_number()
        over (order by s.overdue desc, s.due_on nulls last, s.action_id) as place
    from (select item from asked) q join action_standing s on lower(s.function) = lower(q.item) and not s.done
    join programme_selection using (account_id) join account a using (account_id) join action_now t using (action_id)),
lines as (
    select unnest([
        explained_value('Overdue actions', (select count(*) from held where overdue), 'integer', 'of '
            || (select count(*) from held) || ' open'),
        explained_rule(
            'Open actions of the chosen accounts'' plans by the function of their owner; overdue: due before the '
            || 'as-of date.')
        ], recursive := true)
    from asked
    union all
    select unnest([explained_lift('Close or move: ' || action, null, 'text', count_text(days_overdue, 'day')
        || ' overdue at ' || name || ', the oldest')], recursive := true)
    from held where overdue and place = 1
    union all
    select unnest([explained_input(place, action, days_overdue, 'integer', case when overdue then 'days overdue, '
        else '' end || name || ', ' || coalesce(owner, 'no owner'), due_on,
        at_row('action', source_row))], recursive := true) from held where place <= 20)

select part, label, value, kind, words, on_date, source from lines where part is not null
order by place, on_date desc nulls last, label, source;
