-- What has happened with each chosen account, and what is due? Every dated fact as one event.

create macro event(d, a, k, w, p) as {on_day: d::date, about: a, kind: k, what: w::varchar, person_id: p};

create view account_event as
with plans as (from plan semi join listed_selection using (account_id)),
goals as (select p.account_id, o.* from plans p join objective o using (plan_id)),
tasks as (select g.account_id, t.* from goals g join action t using (objective_id)),
events as (
    select account_id, unnest([event(occurred_on, case when k.touch or v.side = 'external' then 'meeting'
        else 'promotion' end, kind,
        concat_ws(', ', side_text(v.side), nullif(status, 'done'), note), person_id)], recursive := true)
    from activity v semi join listed_selection using (account_id) left join activity_kind k using (kind) cross
        join context c where status = 'done' and occurred_on <= c.as_of or status = 'planned'
    union all
    select s.account_id, unnest([event(assessed_on, 'score', 'assessment', f.code || ' scored '
        || format('{:g} of {:g}', s.score, f.scale_max), assessor_id)],
        recursive := true) from assessment s semi join listed_selection using (account_id)
            join success_factor f using (factor_id) cross join context c where assessed_on <= c.as_of
    union all
    select p.account_id, unnest([event(reviewed_on, 'plan', 'plan_review', coalesce(r.outcome, 'reviewed'),
        chaired_by)], recursive := true)
    from plans p join plan_review r using (plan_id) cross join context c where reviewed_on <= c.as_of
    union all
    select account_id, unnest([
        event(approved_on, 'plan', 'plan_approved', name, owner_id),
            event(start_on, 'plan', 'plan_starts', name, owner_id),
        event(end_on, 'plan', 'plan_ends', name, owner_id),
            event(shared_with_customer_on, 'plan', 'plan_shared', name, owner_id)],
        recursive := true) from plans
    union all
    select account_id, unnest([event(due_on, 'plan', 'objective_due',
        concat_ws(', ', name, nullif(replace(status, '_', ' '), 'new')), owner_id)], recursive := true) from goals
    union all
    select account_id, unnest([
        event(due_on, 'action', 'action_due', name || case when done_on <= as_of then ', done' when due_on < as_of
            then ', overdue' else '' end, owner_id),
        event(case when done_on <= as_of then done_on end, 'action', 'action_done', name, owner_id)], recursive := true)
    from tasks cross join context
    union all
    select account_id, unnest([
        event(start_on, 'sponsor', 'sponsor_assigned', side_text(side), person_id),
            event(end_on, 'sponsor', 'sponsor_ended', side_text(side), person_id)],
        recursive := true) from sponsorship semi join listed_selection using (account_id)
    union all
    select account_id, unnest([
        event(committee_on, 'programme', 'programme_decided', name, null),
            event(start_on, 'programme', 'programme_started', name, null),
        event(end_on, 'programme', 'programme_ends', name, null)], recursive := true) from programme semi
            join listed_selection using (account_id)
    union all
    select account_id, unnest([
        event(selected_on, 'account', 'account_selected', 'score ' || format('{:g}', selection_score), null),
            event(kept_on, 'account', 'kept_in_programme', null, null),
        event(manager_since, 'account', 'manager_assigned', null, manager_id)], recursive := true) from account semi
            join listed_selection using (account_id))
select * from events where on_day is not null and account_id is not null;
comment on view account_event is 'every dated fact of each chosen account, past and due';
