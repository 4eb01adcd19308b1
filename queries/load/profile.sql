-- What does a cell prove about the way its column writes numbers and dates?
-- maybe_thousands, maybe_slashed: cheap, and true of every cell that may be two things; most columns have none.
-- proves_comma: 12,5 or 1.234,50; proves_point: 12.5 or 1,234.50; either_comma: 1,234; either_point: 1.234;
-- slashed: 3/4/2026 or 3-4-2026, whose parts settle by being over 12 which is the month.

create macro proves_comma(cell) as regexp_full_match(as_text(cell),
    '[+-]?(\d{1,3}([. ''’\x{a0}\x{202f}]\d{3})+,\d*|\d{1,3}(\.\d{3}){2,}'
        || '|\d*,(\d{1,2}|\d{4,})|(\d{4,}|0|),\d{3}|\d+,)');

create macro proves_point(cell) as regexp_full_match(as_text(cell),
    '[+-]?(\d{1,3}([, ''’\x{a0}\x{202f}]\d{3})+\.\d*|\d{1,3}(,\d{3}){2,}'
        || '|\d*\.(\d{1,2}|\d{4,})|(\d{4,}|0|)\.\d{3}|\d+\.)');

create macro either_comma(cell) as regexp_full_match(as_text(cell), '[+-]?[1-9]\d{0,2},\d{3}');

create macro either_point(cell) as regexp_full_match(as_text(cell), '[+-]?[1-9]\d{0,2}\.\d{3}');

create macro maybe_thousands(cell) as cell like '%.___' or cell like '%,___';

create macro maybe_slashed(cell) as regexp_matches(cell, '^\d+[/-]\d+[/-]\d+');

create macro is_whole(cell) as regexp_full_match(cell, '[+-]?\d+');

create macro says_anything(cell) as regexp_matches(cell, '[\p{L}\d]');

create macro slashed(cell) as regexp_full_match(as_text(cell), '\d{1,2}[/-]\d{1,2}[/-]\d{4}( .*)?');

create macro slashed_part(cell, part) as
    try_cast(regexp_extract(as_text(cell), '^(\d{1,2})[/-](\d{1,2})[/-]\d{4}( .*)?$', part) as integer);
