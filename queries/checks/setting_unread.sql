-- Which settings cannot be what they must be?
select
    'error' as severity, 'setting' as table_name, s.source_row as line, 'value' as column_name, s.value,
    case s.key when 'as_of' then 'as_of is not a date' else s.key || ' is not a number' end as problem,
    case s.key when 'as_of' then 'write it as 2026-12-31'
        else 'write a number such as ' || d.value end as fix
from setting s join setting_default d using (key)
where case when s.key = 'as_of' then try_cast(s.value as date) is null
    when try_cast(d.value as double) is not null then try_cast(s.value as double) is null
    else false end
order by line;
