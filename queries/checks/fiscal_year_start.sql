-- Is the first month of the fiscal year one of twelve?
select
    'error' as severity, 'setting' as table_name, source_row as line, 'value' as column_name, value,
    'fiscal_year_start_month is no month' as problem, 'write a whole number from 1 to 12' as fix
from setting
where key = 'fiscal_year_start_month' and try_cast(value as double) is not null
    and (try_cast(value as double) not between 1 and 12
        or try_cast(value as double) <> floor(try_cast(value as double)))
order by line;
