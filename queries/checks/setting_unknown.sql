-- Which settings does kaptui not know?
select
    'warning' as severity, 'setting' as table_name, s.source_row as line, 'key' as column_name, s.key as value,
    'is no setting of kaptui' as problem,
    'did you mean ' || arg_max(d.key, jaro_winkler_similarity(d.key, lower(s.key))) || '?' as fix
from setting s cross join setting_default d
where s.key not in (select key from setting_default)
group by s.source_row, s.key
order by line;
