-- How is a cell of text read? One macro per kind of column; null means it cannot be read so.
-- Style of a number column: 'point' as it stands, 'point_grouped' 1,234.50, 'comma' 1.234,50.
-- Style of a date column: 'iso', and beside ISO and d.m.y also 'dmy' 31/12/2026 or 'mdy' 12/31/2026.

create macro as_text(cell) as nullif(trim(cell, e' \t\r\n\u00a0'), '');

create macro number_text(cell, style) as case style
    when 'point' then cell
    when 'point_grouped' then
        case when regexp_full_match(as_text(cell), '[+-]?(\d+|\d{1,3}([, ''’\x{a0}\x{202f}]\d{3})+)?(\.\d*)?([eE][+-]?\d+)?')
            then regexp_replace(as_text(cell), '[, ''’\x{a0}\x{202f}]', '', 'g') end
    else
        case when regexp_full_match(as_text(cell), '[+-]?(\d+|\d{1,3}([. ''’\x{a0}\x{202f}]\d{3})+)?(,\d*)?([eE][+-]?\d+)?')
            then replace(regexp_replace(as_text(cell), '[. ''’\x{a0}\x{202f}]', '', 'g'), ',', '.') end
    end;

create macro whole_text(cell) as
    case when try_cast(cell as double) = trunc(try_cast(cell as double)) then cell end;

create macro as_real(cell) as case when isfinite(try_cast(cell as double)) then try_cast(cell as double) end;

create macro as_flag(cell) as coalesce(
    try_cast(as_text(cell) as boolean),
    case when lower(as_text(cell)) in ('wahr', 'ja', 'vrai', 'oui') then true
        when lower(as_text(cell)) in ('falsch', 'nein', 'faux', 'non') then false end);

create macro sensible(moment) as case when year(moment) between 1900 and 2199 then moment end;

create macro spoken_moment(cell, style) as coalesce(
    try_strptime(as_text(cell), ['%d.%m.%Y', '%d.%m.%Y %H:%M', '%d.%m.%Y %H:%M:%S']),
    case style
        when 'dmy' then try_strptime(replace(as_text(cell), '-', '/'),
            ['%d/%m/%Y', '%d/%m/%Y %H:%M', '%d/%m/%Y %H:%M:%S', '%d/%m/%Y %I:%M:%S %p'])
        when 'mdy' then try_strptime(replace(as_text(cell), '-', '/'),
            ['%m/%d/%Y', '%m/%d/%Y %H:%M', '%m/%d/%Y %H:%M:%S', '%m/%d/%Y %I:%M:%S %p'])
        end);

create macro as_moment(cell, style) as case style
    when 'iso' then sensible(try_cast(cell as timestamp))
    else sensible(coalesce(try_cast(as_text(cell) as timestamp), spoken_moment(cell, style))) end;

create macro as_day(cell, style) as case style
    when 'iso' then sensible(try_cast(cell as date))
    else sensible(coalesce(try_cast(as_text(cell) as date), spoken_moment(cell, style)::date)) end;
