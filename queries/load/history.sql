-- What does this load change in what the file said before? One row per changed field; for an account that came or
-- went the field is account_id. `previous` is the file as it was, `target` the new one.

create macro field(name, before, after) as {'name': name, 'before': before::varchar, 'after': after::varchar};

create view changed as
with pairs as (
    select 'account' as table_name, coalesce(n.account_id, o.account_id) as key,
        unnest(case when n.account_id is null or o.account_id is null
            then [field('account_id', o.account_id, n.account_id)]
            else [field('name', o.name, n.name), field('status', o.status, n.status),
                field('manager_id', o.manager_id, n.manager_id), field('tier', o.tier, n.tier)] end) as field
    from account n full join previous.account o using (account_id)
    union all
    select 'assessment', concat_ws('/', n.account_id, n.factor_id, n.assessed_on), field('score', o.score, n.score)
    from assessment n join previous.assessment o using (account_id, factor_id, assessed_on)
    union all
    select 'financial_period', concat_ws('/', n.account_id, n.period_start, n.scenario),
        unnest([field('revenue', o.revenue, n.revenue), field('cogs', o.cogs, n.cogs),
            field('cost_to_serve', o.cost_to_serve, n.cost_to_serve)])
    from financial_period n join previous.financial_period o using (account_id, period_start, scenario)
    where (o.revenue, o.cogs, o.cost_to_serve) is distinct from (n.revenue, n.cogs, n.cost_to_serve)
    union all
    select 'sponsorship', n.sponsorship_id, field('end_on', o.end_on, n.end_on)
    from sponsorship n join previous.sponsorship o using (sponsorship_id)
    union all
    select 'plan', n.plan_id, unnest([field('start_on', o.start_on, n.start_on), field('end_on', o.end_on, n.end_on),
        field('approved_on', o.approved_on, n.approved_on)])
    from plan n join previous.plan o using (plan_id)
    union all
    select 'objective', n.objective_id, unnest([field('status', o.status, n.status), field('due_on', o.due_on, n.due_on)])
    from objective n join previous.objective o using (objective_id))
select table_name, key, field.name as field, field.before, field.after
from pairs
where field.before is distinct from field.after;

create view kept_history as
select loaded_at, table_name, key, field, before, after from previous.history
union all
select (select loaded_at from target.kaptui_meta), table_name, key, field, before, after from changed
order by loaded_at desc, table_name, key, field
limit 100000;
