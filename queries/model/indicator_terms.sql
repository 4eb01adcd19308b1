-- What is an indicator: a value against a threshold, met or not met, or unknown?

-- true counts as 1; null where the fact table behind it is empty in the whole file
create macro flag_of_rows(filled, flag) as case when filled then coalesce(flag, false)::integer::double end;

-- value and threshold as numbers (flags and dates as 1 or 0 against 1); null value: unknown
create macro fact(c, i, v, t, at_most, s) as {code: c, indicator: i, value: v::double, threshold: t::double,
    at_most: at_most, source: s};

-- a fact that keeps only its last date: on `first_day` or later counts as 1; after as-of, what was before is not known
create macro since_fact(on_day, first_day, as_of) as case when on_day <= as_of
    then (on_day >= first_day)::integer::double end;

-- under way at as-of: a status that nobody has closed is not enough
create macro is_active_programme(status, start_on, end_on, as_of) as
    status = 'active' and start_on <= as_of and (end_on is null or end_on >= as_of);

-- the one row that a fact stands in, or the table where there would be one
create macro fact_line(name, line) as coalesce(name || ' row ' || line, name);

create macro judged(value, threshold, at_most) as case when at_most then value <= threshold else value >= threshold end;
