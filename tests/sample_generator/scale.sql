-- What does a portfolio of any size look like? One view per fact table, drawn at random in realistic proportions.
-- Every row follows from its number and the seed, so nothing is joined and the same size gives the same rows.
-- Over 60 lines because the views share the dice and each other's proportions.

create macro dice(part, key) as (hash(getvariable('seed'), part, key) % 1000003) / 1000003.0;
create macro whole(part, key, low, high) as (low + floor(dice(part, key) * (high - low + 1)))::integer;
create macro pick(part, key, choices) as choices[whole(part, key, 1, len(choices))];
create macro account_key(n) as format('A{:06d}', n);
create macro person_key(n) as format('P{:05d}', n);
create macro days_ago(part, key, low, high) as getvariable('as_of') - whole(part, key, low, high);

-- Sponsors are the first third of the people, account managers the rest.
create macro sponsor_key(part, key) as person_key(whole(part, key, 0, getvariable('people') // 3 - 1));
create macro manager_key(n) as
    person_key(whole('manager', n, getvariable('people') // 3, getvariable('people') - 1));

create macro tier(n) as case when dice('tier', n) < 0.1 then 1 when dice('tier', n) < 0.4 then 2 else 3 end;
create macro currency(n) as case when dice('currency', n) < 0.15 then 'USD' else 'EUR' end;
create macro margin(n) as 0.28 * dice('margin', n) - 0.05;

create view person as
select
    person_key(n) as person_id, pick('given', n, ['Ada', 'Bo', 'Cleo', 'Dag', 'Edda', 'Finn', 'Gro', 'Hal']) || ' '
    || pick('family', n, ['Ahlers', 'Berg', 'Crane', 'Dahl', 'Ekman', 'Falk', 'Gray', 'Holt']) || ' ' || n as name,
    case when leads then pick('function', n, ['Finance', 'Operations', 'Research', 'Quality', 'Legal'])
        when dice('team', n) < 0.3 then 'Supply chain' else 'Sales' end as function,
    case when leads then whole('level', n, 4, 5) else whole('level', n, 2, 3) end as level,
    dice('active', n) < 0.97 as active, null as line_manager_id,
    case when not leads and dice('trained', n) < 0.8 then days_ago('training', n, 30, 1000) end as trained_on,
    case when not leads then round(dice('pay', n), 2) end as variable_profit_share
from (select range as n, range < getvariable('people') // 3 as leads from range(getvariable('people')));

create view account as
select
    account_key(n) as account_id, pick('first', n, ['Alder', 'Birch', 'Cedar', 'Delta', 'Ember', 'Fjord', 'Granite',
        'Harbour', 'Indigo', 'Juniper', 'Kestrel', 'Lumen']) || ' '
    || pick('second', n, ['Foods', 'Rail', 'Chemie', 'Energy', 'Medical', 'Freight', 'Systems', 'Group']) || ' ' || n
        as name,
    case when dice('unmanaged', n) < 0.99 then manager_key(n) end as manager_id, tier(n) as tier,
    case when dice('status', n) < 0.9 then 'active' when dice('status', n) < 0.94 then 'onboarding'
        when dice('status', n) < 0.97 then 'exiting' else 'exited' end as status,
    pick('region', n, ['DACH', 'UKI', 'France', 'Iberia', 'Nordics', 'North America']) as region,
    pick('industry', n, ['Mobility', 'Chemicals', 'Consumer goods', 'Energy', 'Healthcare', 'Machinery']) as industry,
    null as parent_id, days_ago('selected', n, 60, 1500) as selected_on,
    whole('selection', n, 40, 95) as selection_score, days_ago('kept', n, 30, 600) as kept_on,
    days_ago('since', n, 60, 2000) as manager_since, null as external_id
from (select range as n from range(getvariable('accounts')));

-- Six factors, two to four quarters each; one pair in twelve has never been looked at.
create view assessment as
select
    account_key(n) as account_id, factor as factor_id,
    days_ago('day', hash(n, quarter), 20 + 91 * (3 - quarter), 80 + 91 * (3 - quarter)) as assessed_on,
    least(4, whole('score', pair, 0, 2) + whole('level', pair, 0, 2) + (dice('move', i) < 0.15)::integer) as score,
    case when dice('assessor', i) < 0.2 then manager_key(n) when dice('assessor', i) < 0.95 then person_key(0) end
        as assessor_id,
    case when dice('evidence', i) < 0.7 then 'minutes of the review' end as evidence, null as note
from (
    select range as i, range // 24 as n, range // 4 % 6 + 1 as factor, range % 4 as quarter, range // 4 as pair
    from range(getvariable('accounts') * 24))
where dice('known', pair) > 0.08 and (quarter >= 2 or dice('kept quarter', i) < 0.5);

create view financial_period as
with months as (
    select range as i, range // getvariable('months') as n,
        getvariable('months') - 1 - range % getvariable('months') as age
    from range(getvariable('accounts') * getvariable('months'))),
booked as (
    select n, i, age, (20000 * exp(3.5 * dice('size', n)) * (1 - 0.0025 * age * (2 * dice('growth', n) - 0.3))
        * (0.85 + 0.3 * dice('month', i)))::decimal(18, 2) as revenue
    from months)
select
    account_key(n) as account_id, (getvariable('last_month') - to_months(age::integer))::date as period_start,
    'actual' as scenario, currency(n) as currency, revenue,
    (revenue * (0.92 - margin(n) - 0.02 * dice('goods', i)))::decimal(18, 2) as cogs,
    case when dice('served', i) > 0.0005 then (revenue * (0.08 + 0.02 * dice('serve', i)))::decimal(18, 2) end
        as cost_to_serve,
    case when split then (revenue * dice('value', n) * 0.7)::decimal(18, 2) end as revenue_value_priced,
    case when split then (revenue * (1 - dice('value', n)) * 0.7)::decimal(18, 2) end as revenue_cost_plus,
    case when split then (revenue * 0.3)::decimal(18, 2) end as revenue_market_priced
from (select *, dice('split', n) < 0.8 as split from booked);

create view programme as
select
    format('I{:06d}', n) as programme_id, account_key(n) as account_id, 'Joint development ' || n as name,
    'co-innovation' as kind, pick('stage', n, ['proposed', 'active', 'active', 'done', 'stopped']) as status,
    date '2025-01-01' as start_on, date '2025-12-31' + 365 * whole('years', n, 0, 2) as end_on,
    currency(n) as currency, (1000 * whole('commitment', n, 20, 400))::decimal(18, 2) as own_commitment,
    null as customer_commitment, (500 * whole('commitment', n, 20, 400))::decimal(18, 2) as spent,
    null as expected_profit, (700 * whole('gain', n, 0, 400))::decimal(18, 2) as realised_profit,
    days_ago('committee', n, 100, 1000) as committee_on
from (select 10 * range as n from range((getvariable('accounts') + 9) // 10));

create view stakeholder as
select
    format('C{:07d}', i) as stakeholder_id, account_key(i // 3) as account_id, 'Contact ' || i as name,
    ['Chief procurement officer', 'Head of supply chain', 'Category manager'][i % 3 + 1] as role,
    5 - i % 3 as level, dice('contact', i) < 0.95 as active, whole('stance', i, -1, 2) as stance,
    i % 3 = 0 and dice('board', i) < 0.3 as advisory_board, null as external_id, null as reports_to
from (select range as i from range(getvariable('accounts') * 3));

-- Two sides per account; one in eight has nobody.
create view sponsorship as
select
    format('S{:07d}', i) as sponsorship_id, account_key(i // 2) as account_id, sponsor_key('sponsor', i) as person_id,
    ['internal', 'external'][i % 2 + 1] as side, days_ago('sponsor since', i, 20, 1500) as start_on,
    case when dice('ends', i) < 0.05 then getvariable('as_of') + whole('end', i, 5, 300) end as end_on,
    null as counterpart_id, null as cadence_days
from (select range as i from range(getvariable('accounts') * 2))
where dice('sponsored', i) > 0.12;

-- Four per account: one by the sponsor of each side, the year-end negotiation, one by the manager; then the newsletters.
create view activity as
select
    format('T{:07d}', i) as activity_id, account_key(n) as account_id,
    case when what < 2 then sponsor_key('sponsor', 2 * n + what)
        when what = 2 and dice('leader', n) < 0.6 then sponsor_key('sponsor', 2 * n + 1)
        else manager_key(n) end as person_id,
    case when what > 0 then format('C{:07d}', 3 * n + what - 1) end as stakeholder_id,
    case when what = 0 then 'internal' else 'external' end as side,
    ['exec_meeting', 'exec_meeting', 'year_end_negotiation', 'visit'][what + 1] as kind,
    case when what = 2 then date '2025-11-03' + whole('talks', i, 0, 35) else days_ago('touch', i, 3, 400) end
        as occurred_on,
    case when dice('done', i) < 0.95 then 'done' else 'cancelled' end as status, null as note
from (select range as i, range // 4 as n, range % 4 as what from range(getvariable('accounts') * 4))
union all by name
select
    format('N{:02d}', range) as activity_id, null as account_id, person_key(0) as person_id, null as stakeholder_id,
    'internal' as side, 'newsletter' as kind, (date '2024-10-08' + to_months(3 * range::integer))::date as occurred_on,
    'done' as status, null as note
from range(8);

create view plan as
select
    format('L{:06d}', n) as plan_id, account_key(n) as account_id, 'Account plan' as name, 'active' as status,
    date '2025-01-01' as start_on, date '2026-06-30' + 184 * whole('horizon', n, 0, 4) as end_on,
    date '2024-12-10' as approved_on, 
    case when dice('shared', n) < 0.5 then date '2025-03-17' end as shared_with_customer_on, manager_key(n) as owner_id, null as vision, null as priorities, null as challenges,
    null as external_id
from (select range as n from range(getvariable('accounts')));

create view objective as
select
    format('O{:07d}', i) as objective_id, format('L{:06d}', i // 2) as plan_id,
    ['Raise the contribution margin', 'Win the second plant'][i % 2 + 1] as name, 'in_progress' as status,
    date '2025-02-01' as start_on, date '2026-09-01' + whole('due', i, 0, 700) as due_on, manager_key(i // 2) as owner_id,
    dice('joint', i) < 0.4 as joint, 'percent' as value_type, 0 as baseline_value, whole('now', i, 0, 100) as current_value,
    100 as target_value, timestamp '2026-08-31 09:30:00' as value_at, null as external_id
from (select range as i from range(getvariable('accounts') * 2));

create view action as
select
    format('X{:07d}', i) as action_id, format('O{:07d}', i) as objective_id, 'Agree on the next step' as name,
    person_key(whole('owner', i, 0, getvariable('people') - 1)) as owner_id,
    date '2026-07-01' + whole('action due', i, 0, 300) as due_on,
    case when dice('action done', i) < 0.6 then days_ago('action closed', i, 1, 120) end as done_on
from (select range as i from range(getvariable('accounts') * 2));

create view plan_review as
select
    format('R{:06d}', n) as review_id, format('L{:06d}', n) as plan_id, days_ago('review', n, 5, 320) as reviewed_on,
    'on track' as outcome, manager_key(n) as chaired_by, dice('customer', n) < 0.5 as customer_present, null as note
from (select range as n from range(getvariable('accounts')))
where dice('reviewed', n) < 0.85;
