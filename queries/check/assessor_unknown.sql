-- Which assessments were made by nobody we know?
select
    'warning' as severity, 'assessment' as table_name, source_row as line, 'assessor_id' as column_name,
    assessor_id as value, 'no person has this person_id, so the assessor does not count' as problem,
    'add the person, or correct the id' as fix
from assessment a
where assessor_id is not null and not exists (from person p where p.person_id = a.assessor_id)
order by line;
