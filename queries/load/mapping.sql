-- How does a mapping read the texts of its views? amount, day_of, month_of and same_id, with the questions of plain
-- files. Over 80 lines because months are written in many languages.
-- A cell that may be two things takes the style that its files prove (number_style, date_style: made for each mapping);
-- where they prove none it is asked for. What is no number or day is an error too; try_amount and try_day_of make null
-- of that, and ask all the same: an answer that was not given is not an empty cell.

create macro asked(cell, words) as error(concat('kaptui asks: "', cell, '" ', words));

-- first what has one meaning and needs no pattern
create macro amount_read(cell, style) as coalesce(
    case when not contains(cell, ',') and cell not like '%.___' then try_cast(cell as decimal(28, 10)) end,
    try_cast(amount_text(cell, style) as decimal(28, 10)));

create macro amount_text(cell, style) as
    case when not (either_comma(cell) or either_point(cell)) then
            if(proves_comma(cell), comma_number(as_text(cell)), point_number(as_text(cell)))
        when style = 'comma' then comma_number(as_text(cell))
        when style = 'point' then point_number(as_text(cell)) end;

create macro asked_amount(cell, style) as
    case when style not in ('comma', 'point') and (either_comma(cell) or either_point(cell))
        then asked(cell, 'may be thousands or decimals, and no number of its file settles which') end::decimal(28, 10);

create macro typed_amount(cell, style) as coalesce(
    amount_read(cell, style), asked_amount(cell, style),
    case when as_text(cell) is not null then asked(cell, 'is not a number') end::decimal(28, 10));

-- the order of day and month in what has slashes: what its parts prove, else `style`; null where that does not fit
create macro day_order(cell, style) as
    case when slashed_part(cell, 1) > 12 then 'dmy' when slashed_part(cell, 2) > 12 then 'mdy'
        when style in ('dmy', 'mdy') then style end;

create macro day_read(cell, style) as coalesce(
    plain_day(cell),
    list_transform([case when slashed(cell) then day_order(cell, style) else 'iso' end], lambda how:
        case when how is not null then as_day(cell, how) end)[1]);

create macro asked_day(cell, style) as
    case when style not in ('dmy', 'mdy') and slashed(cell)
            and slashed_part(cell, 1) <= 12 and slashed_part(cell, 2) <= 12
        then asked(cell, 'may be day/month or month/day, and no date of its file settles which') end::date;

create macro typed_day(cell, style) as coalesce(
    day_read(cell, style), asked_day(cell, style),
    case when as_text(cell) is not null then asked(cell, 'is not a date between 1900 and 2199') end::date);

create macro amount(cell) as typed_amount(cell::varchar, number_style()),
    (cell, style) as typed_amount(cell::varchar, style);

create macro try_amount(cell) as coalesce(
        amount_read(cell::varchar, number_style()),
        asked_amount(cell::varchar, number_style())),
    (cell, style) as amount_read(cell::varchar, style);

create macro day_of(cell) as typed_day(cell::varchar, date_style()), (cell, style) as typed_day(cell::varchar, style);

create macro try_day_of(cell) as coalesce(
        day_read(cell::varchar, date_style()), asked_day(cell::varchar, date_style())),
    (cell, style) as day_read(cell::varchar, style);

-- a month's name or short name in English, German, French, Spanish, Italian, Polish; null where it is none; through a
-- list of one, so that a long `name` is planned once and not for every spelling
create macro month_number(name) as list_transform([name], lambda word: case
    when word in ('jan', 'januar', 'january', 'janv', 'janvier', 'jän', 'jänner', 'ene', 'enero', 'gen', 'gennaio',
        'sty', 'styczeń', 'styczen') then 1
    when word in ('feb', 'februar', 'february', 'fév', 'févr', 'février', 'fev', 'fevr', 'fevrier', 'febrero',
        'febbraio', 'lut', 'luty') then 2
    when word in ('mar', 'march', 'mars', 'mär', 'märz', 'maerz', 'mrz', 'marzo', 'marzec') then 3
    when word in ('apr', 'april', 'avr', 'avril', 'abr', 'abril', 'aprile', 'kwi', 'kwiecień', 'kwiecien') then 4
    when word in ('may', 'mai', 'mayo', 'mag', 'maggio', 'maj') then 5
    when word in ('jun', 'june', 'juni', 'juin', 'junio', 'giu', 'giugno', 'cze', 'czerwiec') then 6
    when word in ('jul', 'july', 'juli', 'juil', 'juillet', 'julio', 'lug', 'luglio', 'lip', 'lipiec') then 7
    when word in ('aug', 'august', 'août', 'aoû', 'aout', 'ago', 'agosto', 'sie', 'sierpień', 'sierpien') then 8
    when word in ('sep', 'sept', 'september', 'septembre', 'septiembre', 'set', 'setiembre', 'settembre',
        'wrz', 'wrzesień', 'wrzesien') then 9
    when word in ('oct', 'october', 'octobre', 'octubre', 'okt', 'oktober', 'ott', 'ottobre', 'paź', 'paz',
        'październik', 'pazdziernik') then 10
    when word in ('nov', 'november', 'novembre', 'noviembre', 'lis', 'listopad') then 11
    when word in ('dec', 'december', 'dez', 'dezember', 'déc', 'décembre', 'decembre', 'dic', 'dicembre', 'diciembre',
        'gru', 'grudzień', 'grudzien') then 12 end)[1];

create macro first_of(year, month) as
    try_cast(concat(if(length(year) = 2, '20', ''), year, '-', month, '-01') as date);

-- the first day of the month that a heading names: Mrz 26, März 2026, 2026-03, 03/2026, 202603, 2026-03-31; else null
create macro month_of(heading) as list_transform([trim(heading::varchar)], lambda text:
    list_transform([month_number(lower(regexp_extract(text, '\p{L}+')))], lambda named: coalesce(
        first_of(regexp_extract(text, '^\p{L}+[ .''’/_-]*(\d{4}|\d{2})$', 1), named),
        date_trunc('month', as_day(text, 'iso'))::date,
        first_of(regexp_extract(text, '^(\d{4})[ ._/-]*\p{L}+\.?$', 1), named),
        first_of(regexp_extract(text, '^(\d{4})(?:[-/._ ]?[MP]?\d\d|[-/._ ][MP]?\d|[MP]\d)$', 1),
            regexp_extract(text[5:], '\d+$')),
        first_of(regexp_extract(text, '^\d{1,2}[-/._](\d{4})$', 1), regexp_extract(text, '^\d+'))))[1])[1];

-- ids of two systems that differ by blanks around them, or by zeros in front of digits
create macro bare_id(id) as
    if(regexp_full_match(trim(id::varchar), '\d+'), coalesce(nullif(ltrim(trim(id::varchar), '0'), ''), '0'),
        trim(id::varchar));

create macro same_id(a, b) as bare_id(a) = bare_id(b);
