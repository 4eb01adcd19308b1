-- Which rows does a file or sheet hold that its twin may hold too? Every cell by its value: 1.50 and 1,5 are the same.
create or replace macro rows_by_value(file, style) as table
with numbered as (select row_number() over () as "row of the file", * from query_table(file)),
cells as (
    from numbered unpivot include nulls (cell for heading in (columns(* exclude "row of the file"))))
select list(
    coalesce(amount_read(cell, style)::double::varchar, day_read(cell, 'dmy')::varchar, cell)
    order by lower(heading)) as read
from cells group by "row of the file";

-- How many rows stand in only one of two files? A row that was changed counts once.
create or replace macro rows_differing(one, one_style, other, other_style) as table
with ones as materialized (from rows_by_value(one, one_style)),
others as materialized (from rows_by_value(other, other_style)),
only_one as (from ones except all from others),
only_other as (from others except all from ones)
select greatest((select count(*) from only_one), (select count(*) from only_other)) as rows;
