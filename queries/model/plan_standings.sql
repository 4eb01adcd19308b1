-- What else is there to know about plans: who runs them, how far they reach, what is late and by how much?

-- whole months from `now` to `ends`; negative once it is past
create macro months_until(ends, now) as datediff('month', now, ends)
    - case when ends >= now then (day(ends) < day(now))::integer else -(day(now) < day(ends))::integer end;

-- one row per account; `active_plans` above 1: only the one that starts last counts
create view plan_standing as
with aims as (
    select plan_id, count(*) filter (target_value is null) as unmeasured, count(*) filter (joint) as joint
    from objective_now group by plan_id),
rivals as (select account_id, count(*) as active_plans from plan where status = 'active' group by account_id),
meetings as (
    select plan_id, count(*) as reviews, arg_max({outcome: outcome}, (reviewed_on, review_id)).outcome as last_outcome
    from plan_review, context where reviewed_on <= as_of group by plan_id)
select
    h.*, a.name, a.manager_id, w.name as manager, f.revenue,
    months_until(h.end_on, c.as_of) as months_left,
    of_programme(a.status, coalesce(m.unmeasured, 0)) as objectives_unmeasured,
    of_programme(a.status, coalesce(m.joint, 0)) as objectives_joint,
        of_programme(a.status, coalesce(v.reviews, 0)) as reviews,
    v.last_outcome, of_programme(a.status, coalesce(r.active_plans, 0)) as active_plans,
    of_programme(a.status, coalesce(h.end_on >= c.as_of and h.end_on < months_later(c.as_of, i.plan_months),
        false)) as short_horizon,
    h.plan_id is not null and not h.shared_with_customer as never_shared,
    h.health in ('expired', 'unreviewed') as neglected
from account_plan_health h
join account a using (account_id)
join account_figures f using (account_id)
cross join context c cross join indicator_rule i
left join person w on w.person_id = a.manager_id
left join aims m using (plan_id)
left join meetings v using (plan_id)
left join rivals r using (account_id);
comment on view plan_standing is 'the plan of every account with its manager, horizon, measures and reviews';

-- every action of a plan that counts; `days_overdue` only of those that are
create view action_standing as
select
    t.account_id, t.plan_id, t.objective_id, t.action_id, t.name as action, w.name as owner, t.due_on, t.done_on,
        t.done, t.overdue,
    case when t.overdue then c.as_of - t.due_on end as days_overdue,
    case when t.done then 'done' when t.overdue then 'overdue' else 'open' end as status,
    case when t.owner_id is null then 'no owner'
        else coalesce(nullif(trim(t.owner_function), ''), 'function unknown') end as function
from action_now t
cross join context c
left join person w on w.person_id = t.owner_id;
comment on view action_standing is 'every action of a plan that counts: who owes it, and by how many days it is late';
