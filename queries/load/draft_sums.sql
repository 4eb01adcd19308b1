-- Which headings beside months name a sum of them, and does the sum say what the months say? For drafts of mappings.

-- Total, Summe, Gesamt, a year, or both: FY 2026, Summe 2026, 2026 gesamt
create macro sum_year(heading) as try_cast(nullif(regexp_extract(trim(heading), '(20\d\d)', 1), '') as integer);

create macro is_sum(heading) as case
    when sum_year(heading) is null then names_total(heading)
    else coalesce(names_total(nullif(trim(regexp_replace(trim(heading), '20\d\d', ' ')), '')), true)
        or lower(trim(regexp_replace(trim(heading), '20\d\d', ''))) in ('fy', 'gj', 'jahr', 'year', 'ytd') end;

-- a number in the style of its file, as far as it is one
create macro number_read(cell, style) as
    coalesce(amount_read(cell, style), amount_read(cell, 'comma'), amount_read(cell, 'point'))::decimal(28, 2);

create macro sum_read(cells, style) as
    list_sum(list_transform(cells, lambda cell: number_read(cell, style)))::decimal(28, 2);

-- by more than the months, each rounded as the sum is shown, may come to
create macro shown_unit(cell) as power(10, -length(regexp_extract(trim(cell), '[.,](\d{1,2})$', 1)));

create macro differs(cell, says, months, count) as
    abs(says - coalesce(months, 0)) > (count + 1) * shown_unit(cell) / 2;
