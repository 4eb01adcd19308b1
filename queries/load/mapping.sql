-- How does a mapping read the texts of its views? amount, day_of, month_of and same_id, with the questions of plain
-- files. Over 80 lines because months are written in many languages.
-- A cell that may be two things takes the style that its files prove (number_style, date_style: made for each mapping);
-- where they prove none it is asked for. What is no number or day is an error too; try_amount and try_day_of make null
-- of that, and ask all the same: an answer that was not given is not an empty cell.

create macro asked(cell, words) as error(concat('kaptui asks: "', cell, '" ', words));

create macro amount_text(cell, style) as
    case when not (either_comma(cell) or either_point(cell)) then
            if(proves_comma(cell), comma_number(as_text(cell)), point_number(as_text(cell)))
        when style = 'comma' then comma_number(as_text(cell))
        when style = 'point' then point_number(as_text(cell)) end;

create macro asked_amount(cell, style) as
    case when style not in ('comma', 'point') and (either_comma(cell) or either_point(cell))
        then asked(cell, 'may be thousands or decimals, and no number of its file settles which') end::decimal(28, 10);

create macro typed_amount(cell, style) as coalesce(
    try_cast(amount_text(cell, style) as decimal(28, 10)), asked_amount(cell, style),
    case when as_text(cell) is not null then asked(cell, 'is not a number') end::decimal(28, 10));

create macro day_read(cell, style) as
    case when not slashed(cell) then as_day(cell, 'iso')
        when slashed_part(cell, 1) > 12 or (style = 'dmy' and slashed_part(cell, 2) <= 12) then as_day(cell, 'dmy')
        when slashed_part(cell, 2) > 12 or style = 'mdy' then as_day(cell, 'mdy') end;

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
        try_cast(amount_text(cell::varchar, number_style()) as decimal(28, 10)),
        asked_amount(cell::varchar, number_style())),
    (cell, style) as try_cast(amount_text(cell::varchar, style) as decimal(28, 10));

create macro day_of(cell) as typed_day(cell::varchar, date_style()), (cell, style) as typed_day(cell::varchar, style);

create macro try_day_of(cell) as coalesce(
        day_read(cell::varchar, date_style()), asked_day(cell::varchar, date_style())),
    (cell, style) as day_read(cell::varchar, style);

-- a month's name or short name in English, German, French, Spanish, Italian, Polish; null where it is none
create macro month_number(word) as list_position(
    list_transform([
        'jan(uar|uary|v|vier)?|jän(ner)?|ene(ro)?|gen(naio)?|sty(czeń|czen)?',
        'feb(ruar|ruary|rero|braio)?|f[ée]v(r|rier)?|luty?',
        'mar(ch|s|zo|zec)?|märz?|maerz|mrz', 'apr(il|ile)?|avr(il)?|abr(il)?|kwi(ecień|ecien)?',
        'mayo?|mai|maj|mag(gio)?', 'jun(e|i|io)?|juin|giu(gno)?|cze(rwiec)?',
        'jul(y|i|io)?|juil(let)?|lug(lio)?|lip(iec)?', 'aug(ust)?|ao[uû]t?|ago(sto)?|sie(rpień|rpien)?',
        'sept?(ember|embre|iembre)?|set(t|tembre|iembre)?|wrz(esień|esien)?',
        'oct(ober|obre|ubre)?|okt(ober)?|ott(obre)?|pa[zź](dziernik)?', 'nov(ember|embre|iembre)?|lis(topad)?',
        'de[cz](ember)?|d[ée]c(embre)?|dic(embre|iembre)?|gru(dzień|dzien)?'],
        lambda names: regexp_full_match(word, names)),
    true);

create macro first_of(year, month) as
    try_cast(concat(if(length(year) = 2, '20', ''), year, '-', month, '-01') as date);

-- the first day of the month that a heading names: Mrz 26, März 2026, 2026-03, 03/2026, 202603, 2026-03-31; else null
create macro month_of(heading) as coalesce(
    date_trunc('month', as_day(heading::varchar, 'iso'))::date,
    first_of(regexp_extract(trim(heading::varchar), '^\p{L}+[ .''’/_-]*(\d{4}|\d{2})$', 1),
        month_number(lower(regexp_extract(trim(heading::varchar), '^\p{L}+')))),
    first_of(regexp_extract(trim(heading::varchar), '^(\d{4})[ ._/-]*\p{L}+\.?$', 1),
        month_number(lower(regexp_extract(trim(heading::varchar), '(\p{L}+)\.?$', 1)))),
    first_of(regexp_extract(trim(heading::varchar), '^(\d{4})([-/._ ]|[-/._ ]?[MP])?\d{1,2}$', 1),
        regexp_extract(trim(heading::varchar), '^\d{4}(?:[-/._ ]\d?|[-/._ ]?[MP]\d?|\d)\d$', 0)[5:]
            .regexp_replace('[^0-9]', '', 'g')),
    first_of(regexp_extract(trim(heading::varchar), '^\d{1,2}[-/._](\d{4})$', 1),
        regexp_extract(trim(heading::varchar), '^(\d{1,2})[-/._]\d{4}$', 1)));

-- ids of two systems that differ by blanks around them, or by zeros in front of digits
create macro bare_id(id) as
    if(regexp_full_match(trim(id::varchar), '\d+'), coalesce(nullif(ltrim(trim(id::varchar), '0'), ''), '0'),
        trim(id::varchar));

create macro same_id(a, b) as bare_id(a) = bare_id(b);
