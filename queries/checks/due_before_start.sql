-- Which objectives and actions are due before they start?
with spans as (
    select 'objective' as table_name, source_row, 'due_on' as column_name, due_on as ends, start_on as begins,
        'write due_on on or after start_on, or leave one of them empty' as fix
    from objective
    union all
    select 'action', t.source_row, 'due_on', t.due_on, o.start_on, 'write due_on on or after the start of its objective'
    from action t join objective o using (objective_id))
select
    'warning' as severity, table_name, source_row as line, column_name, ends::varchar as value,
    'is before the start ' || begins as problem, fix
from spans
where ends < begins
order by table_name, line;
