-- Which facts are dated after the day the numbers are true for? (They do not count before their day.)
with dated as (
    unpivot (select 'account' as table_name, source_row, selected_on, kept_on, manager_since from account)
    on selected_on, kept_on, manager_since into name column_name value happened_on
    union all by name
    select 'person' as table_name, source_row, 'trained_on' as column_name, trained_on as happened_on from person
    union all by name
    select 'assessment' as table_name, source_row, 'assessed_on' as column_name, assessed_on as happened_on
    from assessment
    union all by name
    select 'financial_period' as table_name, source_row, 'period_start' as column_name, period_start as happened_on
    from financial_period where scenario = 'actual'
    union all by name
    select 'programme' as table_name, source_row, 'committee_on' as column_name, committee_on as happened_on
    from programme
    union all by name
    select 'activity' as table_name, source_row, 'occurred_on' as column_name, occurred_on as happened_on
    from activity where status = 'done'
    union all by name
    unpivot (select 'plan' as table_name, source_row, approved_on, shared_with_customer_on from plan)
    on approved_on, shared_with_customer_on into name column_name value happened_on
    union all by name
    select 'action' as table_name, source_row, 'done_on' as column_name, done_on as happened_on from action
    union all by name
    select 'plan_review' as table_name, source_row, 'reviewed_on' as column_name, reviewed_on as happened_on
    from plan_review
    union all by name
    select 'review_point' as table_name, source_row, 'held_on' as column_name, held_on as happened_on from review_point)
select
    'warning' as severity, table_name, source_row as line, column_name, happened_on::varchar as value,
    'is after the as-of date ' || as_of as problem, 'correct the date, or the setting as_of' as fix
from dated cross join load_context
where happened_on > as_of
order by table_name, line, column_name;
