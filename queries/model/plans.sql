-- Which plan is an account's plan, and is it alive?

create macro progress_of(baseline, current, target) as
    case when target <> baseline then (current - baseline) / (target - baseline) end;

-- of those that have started: active before not started, then the latest start, then id; inactive ones never
create table plan_now as
select p.* from plan p cross join context c
where p.status <> 'inactive' and (p.start_on is null or p.start_on <= c.as_of)
    and p.account_id in (from programme_account)
qualify row_number() over (partition by account_id
    order by status = 'active' desc, start_on desc nulls last, plan_id) = 1;
comment on table plan_now is 'the one plan that counts for each account';

create table objective_now as
select p.account_id, o.*, coalesce(o.status <> 'closed' and o.due_on < c.as_of, false) as overdue
from plan_now p join objective o using (plan_id) cross join context c;

create table action_now as
select o.account_id, o.plan_id, t.*, p.function as owner_function,
    coalesce(t.done_on <= c.as_of, false) as done, coalesce(not done and t.due_on < c.as_of, false) as overdue
from objective_now o join action t using (objective_id)
left join person p on p.person_id = t.owner_id cross join context c;

-- the first that holds; `reviews_known`: the file holds a review at all
create macro health_of(has_plan, end_on, as_of, last_reviewed_on, review_days, overdue, reviews_known) as
    case when not has_plan then 'none' when end_on < as_of then 'expired'
        when reviews_known and (last_reviewed_on is null or as_of - last_reviewed_on > review_days) then 'unreviewed'
        when overdue > 0 then 'slipping' else 'alive' end;

create macro overdue_text(actions, objectives) as
    concat_ws(' and ', case when actions > 0 then count_text(actions, 'action') end, case when objectives > 0
        then count_text(objectives, 'objective') end);

-- unknown where the file holds no plan at all, and of an account that left the programme
create table account_plan_health as
with reviewed as (
    select plan_id, max(reviewed_on) as last_reviewed_on
    from plan_review, context where reviewed_on <= as_of group by plan_id),
aims as (
    select plan_id, count(*) as objectives, count(*) filter (status = 'closed') as objectives_closed,
        count(*) filter (overdue) as objectives_overdue
    from objective_now group by plan_id),
acts as (
    select plan_id, count(*) filter (not done) as actions_open, count(*) filter (overdue) as actions_overdue
    from action_now group by plan_id),
counted as (
    select
        a.account_id, p.plan_id, p.name as plan, p.status, p.start_on, p.end_on, p.source_row, r.last_reviewed_on,
            c.as_of,
        of_programme(a.status, coalesce(p.shared_with_customer_on <= c.as_of, false)) as shared_with_customer,
        of_programme(a.status, coalesce(m.objectives, 0)) as objectives,
        of_programme(a.status, coalesce(m.objectives_closed, 0)) as objectives_closed,
        of_programme(a.status, coalesce(m.objectives_overdue, 0)) as objectives_overdue,
        of_programme(a.status, coalesce(t.actions_open, 0)) as actions_open,
        of_programme(a.status, coalesce(t.actions_overdue, 0)) as actions_overdue
    from account a cross join context c
    left join plan_now p using (account_id)
    left join reviewed r using (plan_id) left join aims m using (plan_id) left join acts t using (plan_id))
select
    counted.* exclude (as_of),
    case when has_rows.plan and q.account_id is not null
        then health_of(plan_id is not null, end_on, as_of, last_reviewed_on, review_days,
        objectives_overdue + actions_overdue, has_rows.plan_review) end as health,
    case health when 'none' then 'no plan'
        when 'expired' then 'ended ' || day_text(end_on)
        when 'unreviewed' then coalesce('last review ' || day_text(last_reviewed_on), 'never reviewed')
        when 'slipping' then overdue_text(actions_overdue, objectives_overdue) || ' overdue'
        when 'alive' then coalesce('reviewed ' || day_text(last_reviewed_on), 'no review in the file') end as why
from counted cross join rule cross join has_rows left join programme_account q using (account_id);
comment on table account_plan_health is 'the plan of every account and whether it is alive, with why';
