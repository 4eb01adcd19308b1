-- Why is this plan alive, or not?
-- also explains: plan_profile.plan, plan_profile.health, plan_profile.why, plan_profile.vision
-- also explains: plan_profile.priorities, plan_profile.challenges, plan_profile.owner, plan_profile.starts_on
-- also explains: plan_profile.approved_on, plan_profile.shared_with_customer_on, plan_profile.last_outcome
-- also explains: plan_profile.reviews, plan_profile.objectives_unmeasured, plan_profile.objectives_joint
-- also explains: plan_profile.active_plans
-- also explains: plan_health.objectives_unmeasured
-- also explains: plan_health.short_horizon, account_profile.plan_why, plan_health.name
-- also explains: plan_status, plan, plan_health.status, plan_health.why, ends_on, months_left, last_reviewed_on
-- also explains: objectives, objectives_closed
-- also explains: actions_open, actions_overdue, shared_with_customer

with held as (
    select h.*, c.as_of, r.review_days, h.objectives_overdue + h.actions_overdue as overdue, has_rows.plan as known,
        has_rows.plan_review as reviews_known
    from account_plan_health h join asked using (account_id) cross join context c cross join rule r cross
        join has_rows),
lines as (
    select unnest([
        explained_value('Plan', null, 'text', coalesce(health || ': ' || why, 'not known')),
        explained_rule('The first that holds: none; expired, when it ended before ' || day_text(as_of)
            || '; unreviewed, when the last review is over '
            || review_days
                || ' days old and the file holds reviews; slipping, when an open action or objective is past due; '
                || 'else alive.'),
        case health when 'none' then explained_lift('A plan that has started and is not inactive', null, 'text', case
            when reviews_known then 'then it is unreviewed until its first review' else 'then it is alive' end)
            when 'expired' then explained_lift('A later end', null, 'date', 'then it is '
                || health_of(true, as_of, as_of, last_reviewed_on, review_days, overdue, reviews_known), as_of)
            when 'unreviewed' then explained_lift('A review', null, 'date', 'on ' || day_text(as_of - review_days)
                || ' or later: then it is '
                || health_of(true, end_on, as_of, as_of, review_days, overdue, reviews_known), as_of - review_days)
            when 'slipping' then explained_lift('Close or move what is overdue', overdue, 'integer',
                overdue_text(actions_overdue, objectives_overdue)
                || ': then it is ' || health_of(true, end_on, as_of, last_reviewed_on, review_days, 0,
                    reviews_known)) end,
        case when not known then explained_note('This file holds no plan.') when health = 'alive'
            then explained_note('Next review due by '
            || day_text(last_reviewed_on + review_days) || '.') end,
        case when plan_id is not null then explained_input(1, plan, null, 'text', status
            || coalesce(', ends ' || day_text(end_on), ', no end')
            || case when shared_with_customer then ', shared with the customer' else ', not shared' end, start_on,
                at_row('plan', source_row)) end,
        explained_input(3, 'Objectives', objectives, 'integer', objectives_closed || ' closed, ' || objectives_overdue
            || ' overdue'),
        explained_input(4, 'Open actions', actions_open, 'integer', actions_overdue || ' overdue')
        ], recursive := true)
    from held
    union all
    (select unnest([explained_input(2, 'Last review', h.as_of - v.reviewed_on, 'integer', 'days ago'
        || coalesce(', ' || v.outcome, ''), v.reviewed_on,
        at_row('plan_review', v.source_row))], recursive := true)
    from held h join plan_review v using (plan_id) where v.reviewed_on <= h.as_of order by v.reviewed_on desc,
        v.source_row limit 1)
    union all
    select unnest([explained_input(5, 'Overdue: ' || name, null, 'text', 'objective, due ' || day_text(due_on), due_on,
        at_row('objective', source_row))], recursive := true)
    from objective_now join asked using (account_id) where overdue
    union all
    select unnest([explained_input(6, 'Overdue: ' || name, null, 'text', 'action, due ' || day_text(due_on), due_on,
        at_row('action', source_row))], recursive := true)
    from action_now join asked using (account_id) where overdue)

select part, label, value, kind, words, on_date, source from lines where part is not null
order by place, on_date desc nulls last, label, source;
