-- Which actions has nobody taken on?
select
    'warning' as severity, 'action' as table_name, source_row as line, 'owner_id' as column_name, '' as value,
    'action ' || action_id || ' has no owner' as problem, 'name the person who does it' as fix
from action
where owner_id is null
order by line;
