-- Which scores are higher than their factor allows?
select
    'error' as severity, 'assessment' as table_name, a.source_row as line, 'score' as column_name,
    a.score::varchar as value, 'is over the maximum ' || f.scale_max || ' of factor ' || f.code as problem,
    'write a score from 0 to ' || f.scale_max as fix
from assessment a join success_factor f using (factor_id)
where a.score > f.scale_max
order by line;
