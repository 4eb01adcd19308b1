-- Which objectives aim at where they started?
select
    'warning' as severity, 'objective' as table_name, source_row as line, 'target_value' as column_name,
    target_value::varchar as value, 'equals the baseline, so there is no progress to measure' as problem,
    'write the value to reach' as fix
from objective
where target_value = baseline_value
order by line;
