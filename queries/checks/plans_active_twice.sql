-- Which accounts have more than one active plan?
with active as (
    select source_row, account_id, plan_id, count(*) over (partition by account_id) as plans,
        row_number() over (partition by account_id order by start_on desc nulls last, plan_id) as place
    from plan where status = 'active')
select
    'warning' as severity, 'plan' as table_name, source_row as line, 'status' as column_name, plan_id as value,
    'account ' || account_id || ' has ' || plans || ' active plans; the one that starts last counts' as problem,
    'make the older one inactive' as fix
from active
where place > 1
order by line;
