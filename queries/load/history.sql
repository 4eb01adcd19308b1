-- What does this load change in what the file said before? One row per changed field; `previous` is the file as it
-- was, `target` the new one. Over 80 lines because every table with a past stands in one list. A record that came has
-- no `before`, one that went no `after`; new months, rates and
-- scores are kept only where the earlier file already reached that far. An account that came or went stands alone: its
-- own records are not told one by one.

create macro field(name, before, after) as {'name': name, 'before': before::varchar, 'after': after::varchar};

create view staying as select account_id from account semi join previous.account using (account_id);
create view staying_plan as select plan_id from plan semi join previous.plan using (plan_id) semi
    join staying using (account_id);
create view actual as select * from financial_period semi join staying using (account_id) where scenario = 'actual';
create view actual_before as select * from previous.financial_period semi join staying using (account_id)
    where scenario = 'actual';
create view reached as select
    (select max(assessed_on) from previous.assessment) as assessed_on,
        (select max(period_start) from actual_before) as period_start,
    (select max(period_start) from previous.fx_rate) as rate_on;

create view changed as
with pairs as (
    select 'account' as table_name, account_id as key, unnest(case when n.account_id is null or o.account_id is null
        then [field('account_id', o.account_id, n.account_id), field('name', o.name, n.name)]
        else [field('name', o.name, n.name), field('status', o.status, n.status),
            field('manager_id', o.manager_id, n.manager_id), field('tier', o.tier, n.tier)] end) as field
    from account n full join previous.account o using (account_id)
    union all
    select 'person', person_id, field('active', o.active, n.active) from person n
        join previous.person o using (person_id)
    union all
    select 'assessment', concat_ws('/', account_id, factor_id, assessed_on), field('score', o.score, n.score)
    from (from assessment semi join staying using (account_id)) n
    full join (from previous.assessment semi join staying using (account_id)) o using (account_id, factor_id,
        assessed_on)
    where o.score is not null or assessed_on <= (select assessed_on from reached)
    union all
    select 'financial_period', concat_ws('/', account_id, period_start, 'actual'),
        unnest([field('currency', upper(o.currency), upper(n.currency)),
        field('revenue', o.revenue, n.revenue), field('cogs', o.cogs, n.cogs),
            field('cost_to_serve', o.cost_to_serve, n.cost_to_serve)])
    from actual n full join actual_before o using (account_id, period_start)
    where (upper(o.currency), o.revenue, o.cogs, o.cost_to_serve) is distinct
        from (upper(n.currency), n.revenue, n.cogs, n.cost_to_serve)
        and (o.revenue is not null or period_start <= (select period_start from reached))
    union all
    select 'fx_rate', concat_ws('/', currency, period_start), field('rate', o.rate, n.rate)
    from (from fx_rate select * replace (upper(currency) as currency)) n
    full join (from previous.fx_rate select * replace (upper(currency) as currency)) o using (currency, period_start)
    where o.rate is not null or period_start <= (select rate_on from reached)
    union all
    select 'sponsorship', sponsorship_id, unnest(
        [field('account_id', o.account_id, n.account_id), field('person_id', o.person_id, n.person_id),
        field('side', o.side, n.side), field('start_on', o.start_on, n.start_on), field('end_on', o.end_on, n.end_on)])
    from (from sponsorship semi join staying using (account_id)) n
    full join (from previous.sponsorship semi join staying using (account_id)) o using (sponsorship_id)
    union all
    select 'plan', plan_id, unnest([field('account_id', o.account_id, n.account_id), field('name', o.name, n.name),
        field('status', o.status, n.status), field('start_on', o.start_on, n.start_on),
            field('end_on', o.end_on, n.end_on),
        field('approved_on', o.approved_on, n.approved_on),
            field('shared_with_customer_on', o.shared_with_customer_on, n.shared_with_customer_on)])
    from (from plan semi join staying using (account_id)) n
    full join (from previous.plan semi join staying using (account_id)) o using (plan_id)
    union all
    select 'objective', objective_id, unnest([field('plan_id', o.plan_id, n.plan_id), field('name', o.name, n.name),
        field('status', o.status, n.status), field('due_on', o.due_on, n.due_on)])
    from (from objective semi join staying_plan using (plan_id)) n
    full join (from previous.objective semi join staying_plan using (plan_id)) o using (objective_id)
    union all
    select 'plan_review', review_id, unnest(
        [field('plan_id', o.plan_id, n.plan_id), field('reviewed_on', o.reviewed_on, n.reviewed_on)])
    from (from plan_review semi join staying_plan using (plan_id)) n
    full join (from previous.plan_review semi join staying_plan using (plan_id)) o using (review_id)
    union all
    select 'action', action_id, unnest([field('objective_id', o.objective_id, n.objective_id),
        field('name', o.name, n.name),
        field('due_on', o.due_on, n.due_on), field('done_on', o.done_on, n.done_on)])
    from (from action semi join objective using (objective_id) semi join previous.objective p using (objective_id)) n
    full join (from previous.action semi join previous.objective using (objective_id) semi
        join objective q using (objective_id)) o
        using (action_id))
select table_name, key, field.name as field, field.before, field.after
from pairs
where field.before is distinct from field.after;

create view kept_history as
select loaded_at, table_name, key, field, before, after from previous.history
union all
select (select loaded_at from target.kaptui_meta), table_name, key, field, before, after from changed
order by loaded_at desc, table_name, key, field
limit 100000;
