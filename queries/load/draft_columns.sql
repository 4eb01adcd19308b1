-- What does each column of an export hold: cells, different ones, days, months, numbers, and its commonest values?
with judged as (
    select *, coalesce(day_read(cell, 'dmy'), day_read(cell, 'mdy')) is not null as day,
        month_of(cell) is not null as month,
        coalesce(amount_read(cell, 'comma'), amount_read(cell, 'point')) is not null as number
    from draft_cell)
select
    export, place, sum(rows)::bigint as filled, count(*) as different,
    coalesce(sum(rows) filter (day), 0)::bigint as days, coalesce(sum(rows) filter (month), 0)::bigint as months,
    coalesce(sum(rows) filter (number), 0)::bigint as numbers,
    list({'cell': cell, 'rows': rows, 'line': line} order by rows desc, line)[:100] as commonest
from judged
group by export, place;
