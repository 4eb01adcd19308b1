-- Why do so many plans stand like this?
-- also explains: plan_overview.alive, plan_overview.neglected, plan_overview.no_plan, plan_overview.actions_overdue
-- also explains: plan_overview.objectives_unmeasured, plan_overview.short_horizon, plan_overview.never_shared
-- also explains: plans_by_manager.not_alive, plan_overview.no_living_plan

with said (figure, words) as (values
    ('alive', 'Plans that have not expired, were reviewed in time, and have nothing past due.'),
        ('neglected', 'Plans that have expired or were not reviewed in time.'),
    ('no_plan', 'Accounts without a plan that has started and is not inactive.'),
        ('actions_overdue', 'Open actions past their due date, over all plans.'),
    ('objectives_unmeasured', 'Objectives without a target value, over all plans.'),
    ('short_horizon', 'Plans that have not expired and end sooner than the horizon asked for.'),
    ('never_shared', 'Plans that were never shared with the customer.'),
        ('not_alive', 'Accounts of this manager whose plan is not alive.'),
    ('no_living_plan', 'Accounts without a plan, or whose plan has expired, was not reviewed in time or is slipping.')),
held as (
    select s.*, q.measure, case q.measure when 'alive' then (s.health = 'alive')::bigint when 'neglected'
        then s.neglected::bigint
        when 'no_plan' then (s.health = 'none')::bigint when 'actions_overdue' then s.actions_overdue
            when 'objectives_unmeasured' then s.objectives_unmeasured
        when 'short_horizon' then s.short_horizon::bigint when 'never_shared' then s.never_shared::bigint
            else (s.health <> 'alive')::bigint end as part
    from (select measure, item from asked) q cross join plan_standing s join programme_selection using (account_id)
    where q.measure <> 'not_alive' or coalesce(s.manager_id, '') = q.item),
ranked as (select *, row_number() over (order by part desc, revenue desc nulls last, account_id) as place from held
    where part > 0),
lines as (
    select unnest([
        explained_value(upper(d.figure[1]) || replace(d.figure[2:], '_', ' '),
            (select coalesce(sum(part), 0) from held), 'integer',
            'at ' || (select count(*) from ranked) || ' of ' || (select count_text(count(*), 'account') from held)),
        explained_rule(d.words || ' w on a plan says what makes it alive.')
        ], recursive := true)
    from asked q join said d on d.figure = q.measure
    union all
    select unnest([explained_lift(name, part, 'integer', health || ': ' || why || ', the largest of them')],
        recursive := true)
    from (from held where part > 0 and measure <> 'alive' order by revenue desc nulls last, account_id limit 1)
    union all
    select unnest([explained_input(place, name, part, 'integer', health || ': ' || why, null,
        at_row('plan', source_row))], recursive := true) from ranked where place <= 15
    union all
    select unnest([explained_input(16, count(*) || ' more accounts', sum(part), 'integer')], recursive := true)
        from ranked where place > 15 having count(*) > 0)

select part, label, value, kind, words, on_date, source from lines where part is not null
order by place, on_date desc nulls last, label, source;
