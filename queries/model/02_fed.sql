-- Which fact tables of the file hold anything at all? A rule without facts says unknown instead of no.

create table fed as
with counted as (
    select 'sponsorship' as fact, count(*) as n from sponsorship union all select 'assessment', count(*) from assessment
    union all select 'activity', count(*) from activity union all select 'stakeholder', count(*) from stakeholder
    union all select 'programme', count(*) from programme union all select 'plan', count(*) from plan
    union all select 'plan_review', count(*) from plan_review union all select 'objective', count(*) from objective
    union all select 'action', count(*) from action)
select
    max(n) filter (fact = 'sponsorship') > 0 as sponsorship, max(n) filter (fact = 'assessment') > 0 as assessment,
    max(n) filter (fact = 'activity') > 0 as activity, max(n) filter (fact = 'stakeholder') > 0 as stakeholder,
    max(n) filter (fact = 'programme') > 0 as programme, max(n) filter (fact = 'plan') > 0 as plan,
    max(n) filter (fact = 'plan_review') > 0 as plan_review, max(n) filter (fact = 'objective') > 0 as objective,
    max(n) filter (fact = 'action') > 0 as action,
    coalesce((select count(p.person_id) * 2 >= count(*) and count(p.person_id) > 0 from activity v left join person p using (person_id)
        where v.status = 'done' and v.account_id is not null), false) as touch
from counted;

-- the same table by table, for what rests on several: `words` says that one is missing, `inside` names the table without
-- which it could not hold anything
create view fed_table as
with named (table_name, place, words, inside) as (values
    ('financial_period', 1, 'no figures', null), ('sponsorship', 2, 'no sponsorships', null),
    ('activity', 3, 'no activities', null), ('touch', 4, 'no touch by a known person', 'activity'),
    ('stakeholder', 5, 'no contacts', null), ('assessment', 6, 'no assessments', null), ('plan', 7, 'no plans', null),
    ('plan_review', 8, 'no plan reviews', 'plan'), ('action', 9, 'no actions', 'plan'))
select n.*, case n.table_name when 'financial_period' then exists (from financial_period where scenario = 'actual')
    when 'sponsorship' then f.sponsorship when 'activity' then f.activity when 'touch' then f.touch
    when 'stakeholder' then f.stakeholder when 'assessment' then f.assessment when 'plan' then f.plan
    when 'plan_review' then f.plan_review when 'action' then f.action end as fed
from named n cross join fed f;
