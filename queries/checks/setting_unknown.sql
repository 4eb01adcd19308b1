-- Which settings does kaptui not know?
select
    'warning' as severity, 'setting' as table_name, s.source_row as line, 'key' as column_name, s.key as value,
    'is no setting of kaptui' as problem,
    case when max(jaro_winkler_similarity(d.key, lower(s.key))) >= 0.8
        then 'did you mean ' || arg_max(d.key, jaro_winkler_similarity(d.key, lower(s.key))) || '?'
        else '`kaptui guide settings` lists them' end as fix
from setting s cross join setting_default d
where s.key not in (select key from setting_default)
group by s.source_row, s.key
order by line;
