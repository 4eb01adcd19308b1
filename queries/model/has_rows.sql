-- Which fact tables of the file hold anything at all? A rule without facts says unknown instead of no.

create table has_rows as
with counted as (
    select 'sponsorship' as fact, count(*) as n from sponsorship union all select 'assessment', count(*) from assessment
    union all select 'activity', count(*) from activity union all select 'stakeholder', count(*) from stakeholder
    union all select 'programme', count(*) from programme union all select 'plan', count(*) from plan
    union all select 'plan_review', count(*) from plan_review union all select 'objective', count(*) from objective
    union all select 'action', count(*) from action union all select 'person', count(*) from person),
-- of the done activities at an account: who did them? Ids that match nobody say nothing about sponsors
named as (
    select coalesce(count(p.person_id) / nullif(count(*), 0), 1) as named_share
    from activity v left join person p using (person_id) where v.status = 'done' and v.account_id is not null)
select
    max(n) filter (fact = 'sponsorship') > 0 as sponsorship, max(n) filter (fact = 'assessment') > 0 as assessment,
    max(n) filter (fact = 'activity') > 0 as activity, max(n) filter (fact = 'stakeholder') > 0 as stakeholder,
    max(n) filter (fact = 'programme') > 0 as programme, max(n) filter (fact = 'plan') > 0 as plan,
    max(n) filter (fact = 'plan_review') > 0 as plan_review, max(n) filter (fact = 'objective') > 0 as objective,
    max(n) filter (fact = 'action') > 0 as action, max(n) filter (fact = 'person') > 0 as person,
    any_value(named_share) as named_share, max(n) filter (fact = 'activity') > 0
        and any_value(named_share) >= 0.5 as touch
from counted cross join named;
comment on table has_rows is 'which fact tables of the file hold rows, one row';
