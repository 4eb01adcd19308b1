-- Which settings cannot be what they must be?
with wanted as (
    select key,
        case when unit = 'date' then 'date'
            when try_cast(value as double) is not null or unit in ('fraction', 'money') then 'number' end as kind,
        case when unit = 'days' then 36500 when unit = 'months' then 1200 when unit = 'points, 0 to 100' then 100
            when unit in ('fraction', 'money', 'ratio') then 1e12 else 1000000 end as most,
        case when unit in ('fraction', 'money', 'ratio') then -1e12
            when unit = 'accounts' or key like 'cadence%' then 1
            else 0 end as least,
        coalesce(value, case unit when 'fraction' then '0.25' else '1000000' end) as example
    from setting_default
),

read as (
    select s.source_row as line, s.value, s.key, w.kind, w.most, w.least, w.example,
        try_cast(s.value as date) as day, try_cast(s.value as double) as number
    from setting s join wanted w using (key)
)

select
    'error' as severity, 'setting' as table_name, line, 'value' as column_name, value,
    case when kind = 'date' then key || ' is not a date between 1900 and 2199'
        when number is null then key || ' is not a number'
        when most < 1e12 then key || ' is outside ' || least::integer || ' to ' || most::integer
        else key || ' is too large a number' end as problem,
    case when kind = 'date' then 'write it as 2026-12-31'
        when number is not null and most < 1e12
            then 'write a number from ' || least::integer || ' to ' || most::integer
        else 'write a number such as ' || example end as fix
from read
where case kind
    when 'date' then day is null or day not between date '1900-01-01' and date '2199-12-31'
    when 'number' then number is null or number not between least and most
    else false end
order by line;
