-- How is a cell of text read? One macro per kind of column; null means it cannot be read so.
-- plain_*: ISO dates and decimal points, what nearly every export writes, and fast. as_*: beside these the style a
-- column was found to be written in: numbers 'point' 1,234.50 or 'comma' 1.234,50, dates 'dmy' 31/12/2026 or
-- 'mdy' 12/31/2026 (31.12.2026 needs no settling).

-- the guard that an export sets before what a spreadsheet would run is taken off again, one of them; the comparison
-- with the sign after ' costs less than looking for it
create macro as_text(cell) as nullif(trim(
    case when cell < '(' and regexp_matches(cell, '^''+[=+@\t\r-]') then substr(cell, 2)
        else cell end), '');

create macro sensible(moment) as
    case when moment between date '1900-01-01' and date '2199-12-31' then moment end;

create macro plain_day(cell) as sensible(try_cast(cell as date));

create macro plain_moment(cell) as sensible(try_cast(cell as timestamp));

-- a number has as many digits as an amount may have: of larger ones sums and ratios have no meaning, and overflow
create macro plain_real(cell) as case when abs(try_cast(cell as double)) < 1e16 then try_cast(cell as double) end;

create macro plain_whole(cell) as case when not contains(cell, '.') then cell end;

create macro as_whole(number) as
    case when try_cast(number as double) = trunc(try_cast(number as double)) then number end;

create macro as_flag(cell) as coalesce(
    try_cast(as_text(cell) as boolean),
    case when lower(as_text(cell)) in ('wahr', 'ja', 'vrai', 'oui') then true
        when lower(as_text(cell)) in ('falsch', 'nein', 'faux', 'non') then false end);

create macro point_number(cell) as
    case when regexp_full_match(cell, '[+-]?(\d+|\d{1,3}([, ''’\x{a0}\x{202f}]\d{3})+)?(\.\d*)?([eE][+-]?\d+)?')
        then regexp_replace(cell, '[, ''’\x{a0}\x{202f}]', '', 'g') end;

create macro comma_number(cell) as
    case when regexp_full_match(cell, '[+-]?(\d+|\d{1,3}([. ''’\x{a0}\x{202f}]\d{3})+)?(,\d*)?([eE][+-]?\d+)?')
        then replace(regexp_replace(cell, '[. ''’\x{a0}\x{202f}]', '', 'g'), ',', '.') end;

-- a number that a workbook holds as one ends in E+00 and has a point, whatever the texts beside it are written in
create macro as_number(cell, style) as case when ends_with(cell, 'E+00') then cell else
    case style when 'comma' then comma_number(as_text(cell)) else point_number(as_text(cell)) end end;

create macro names_total(cell) as regexp_full_match(lower(trim(cell)),
    '((grand |sub ?-?|sous-)?totals?|totale|summe|gesamt(summe|ergebnis)?|zwischensumme|sum|somme|suma|razem)[ :0-9]*');

-- through a list of one, so that what is read is planned once and not as often as `sensible` writes it
create macro as_moment(cell, style) as list_transform([coalesce(
    try_cast(as_text(cell) as timestamp),
    try_strptime(as_text(cell), ['%d.%m.%Y', '%d.%m.%Y %H:%M', '%d.%m.%Y %H:%M:%S']),
    case style
        when 'dmy' then try_strptime(replace(as_text(cell), '-', '/'),
            ['%d/%m/%Y', '%d/%m/%Y %H:%M', '%d/%m/%Y %H:%M:%S', '%d/%m/%Y %I:%M:%S %p'])
        when 'mdy' then try_strptime(replace(as_text(cell), '-', '/'),
            ['%m/%d/%Y', '%m/%d/%Y %H:%M', '%m/%d/%Y %H:%M:%S', '%m/%d/%Y %I:%M:%S %p'])
        end)], lambda moment: sensible(moment))[1];

create macro as_day(cell, style) as as_moment(cell, style)::date;
