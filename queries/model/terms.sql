-- How are days counted, sums made exact and words built? Macros that every other file may use.

create macro months_later(day, n) as (day + to_months(n::integer))::date;

-- sums of fractions that come out the same in whatever order the rows arrive: equal exports are equal bytes
create macro exact_sum(x) as sum(x::decimal(38, 10))::double;
create macro exact_mean(x) as exact_sum(x) / nullif(count(x), 0);

-- mean of the known values, each by its weight; null where nothing known weighs anything
create macro weighted_mean(x, weight) as exact_sum(x * weight) / nullif(
    exact_sum(case when x is not null then weight end), 0);

-- the share of the weight for which `chosen` holds, a fraction; null where nothing weighs anything
create macro weight_share(chosen, weight) as coalesce(exact_sum(case when chosen then weight end), 0) / nullif(
    exact_sum(weight), 0);

-- a day and a number of things in words, the way the screen writes them
create macro day_text(day) as strftime(day, '%-d %b %Y');
create macro count_text(n, noun) as n || ' ' || noun || case n when 1 then '' else 's' end;

-- a fraction as per cent in words, the way the screen writes it: 0.4 %, 9.1 %, 13 %, and 99.6 % is no 100 %
create macro is_whole_share(h) as abs(h) >= 9.95 and (abs(abs(h) - 100) >= 0.5 or abs(abs(h) - 100) < 1e-7);
create macro rounded_share(h) as case when is_whole_share(h) then round(h)
    when abs(abs(h) - 100) < 0.05 then case when abs(h) < 100 then trunc(h * 10)
        else sign(h) * ceil(abs(h) * 10) end / 10
    else round(h * 10) / 10 end + 0e0;
-- through lists of one, so that a long `x` is planned once and not as often as it is written out
create macro share_text(x, signed := false) as list_transform([100 * x], lambda h:
    list_transform([{whole: h = 0 or is_whole_share(h), shown: rounded_share(h)}], lambda s:
        case when signed and s.shown > 0 then '+' else '' end
        || case when s.whole then format('{:.0f}', s.shown) else format('{:.1f}', s.shown) end || ' %')[1])[1];

-- the first day of the last month that is full at `day`
create macro last_full_month(day) as months_later(date_trunc('month', day + 1)::date, -1);

-- part / whole; null without a positive whole
create macro ratio_of(part, whole) as case when whole > 0 then (part / whole)::double end;

-- a sum that is unknown as soon as one part is: null is never 0
create macro complete_sum(part) as case when count(part) = count(*) then sum(part) end;

-- the month whose rate turns a month's amounts into the reporting currency: constant currency takes, from the
-- window's first month on, the rate of the same month a year earlier
create macro rate_month(month, rates, window_start) as
    case when rates = 'constant' and month >= window_start then months_later(month, -12) else month end;

-- what one unit of a currency is worth in the reporting currency, which needs no rate; wide enough that no amount
-- times a rate overflows, a month of 50 million euros in rupiah included
create macro worth(own, reporting, rate) as
    case when upper(own) = reporting then 1::decimal(20, 8) else rate::decimal(20, 8) end;

-- how many months lie from one first of a month to another, both counted; 0 where there is none
create macro months_from(first_month, last_month) as greatest(datediff('month', first_month, last_month) + 1, 0);
