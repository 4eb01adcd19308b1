-- What ends before it starts? (Sponsorships: schema.sql says so itself.)
with spans as (
    select 'programme' as table_name, source_row, start_on, end_on from programme
    union all
    select 'plan', source_row, start_on, end_on from plan)
select
    'error' as severity, table_name, source_row as line, 'end_on' as column_name, end_on::varchar as value,
    'is before start_on ' || start_on as problem,
    'write end_on on or after start_on, or leave it empty' as fix
from spans
where end_on < start_on
order by table_name, line;
