-- What is asked about, and what is an explanation made of?

create table if not exists main.source_file (table_name varchar, path varchar, rows bigint);
create table asked (measure varchar, account_id varchar, item varchar);

-- the rows of an explanation: the number itself, its rule, what lifts it, what goes into it, a remark
create macro explanation_line(n, p, l, v, k, w, d, s) as {place: n::double, part: p, label: l::varchar,
    value: v::double, kind: k::varchar,
    words: w::varchar, on_date: d::date, source: s::varchar};
create macro explained_value(label, value, kind, words := null) as explanation_line(0, 'value', label, value, kind,
    words, null, null);
create macro explained_rule(words) as explanation_line(1, 'rule', 'Rule', null, null, words, null, null);
create macro explained_lift(label, value, kind, words, on_date := null) as explanation_line(2, 'lift', label, value,
    kind, words, on_date, null);
create macro explained_further_lift(label, value, kind, words, on_date := null) as explanation_line(2.5, 'lift', label,
    value, kind, words, on_date, null);
create macro explained_input(n, label, value, kind, words := null, on_date := null, source := null) as
    explanation_line(10 + n, 'input', label, value, kind, words, on_date, source);
create macro explained_note(words) as explanation_line(1e9, 'note', 'Note', null, null, words, null, null);

-- the n-th of the names that tell a number apart, as panels join them: `|` stands between them, and is written %7C
-- inside one
create macro item_part(item, n) as replace(replace(split_part(item, '|', n), '%7C', '|'), '%25', '%');

-- where a fact stands: the file it was read from, and the line in it
create macro file_of(fact) as coalesce((select any_value(path) from source_file where table_name = fact), fact
    || '.csv');
create macro at_row(fact, line) as file_of(fact) || ' row ' || line;
create macro at_rows(fact, lines) as case when count(lines) = 0 then null
    else file_of(fact) || case when count(lines) = 1 then ' row ' else ' rows ' end
        || case when count(lines) > 2 and max(lines) - min(lines) + 1 = count(lines) then min(lines) || '-'
            || max(lines)
            else list_aggregate(list_sort(list(lines)), 'string_agg', ', ') end end;

-- "plan row 3; objective rows 4, 5" or "plan, objective" with the names of the files
create macro fact_source(written) as case when regexp_matches(written, ' rows? \d')
    then regexp_replace(written, '(\w+) (rows? \d)', '\1.csv \2', 'g')
        else regexp_replace(written, '(\w+)', '\1.csv', 'g') end;

create macro plain_number(x) as format('{:.6g}', x::double);
-- why months of the window are not known
create macro figures_words(figures) as case figures when 'late'
    then 'Late: it books every month, and the last ones of the window are not booked yet.'
    when 'stopped' then 'Stopped: nothing is booked for more than three months; these count as 0.'
    when 'new' then 'New: nothing is known of the months before its first one.' when 'short'
        then 'The file''s history begins inside the window.' end;

-- why this cannot be compared with a year earlier; null where it can. Columns of context and of account_figures
create macro history_text(first_booked, months_known_before, window_months) as
    'history begins ' || strftime(first_booked, '%b %Y') || ': ' || months_known_before || ' of ' || window_months
        || ' months a year earlier';
create macro not_compared(history_known, figures, comparable, first_booked, first_month, months_known_before,
    window_months) as
    case when not history_known then 'Not compared: '
        || coalesce(history_text(first_booked, months_known_before, window_months), 'no figures in this file') || '.'
        when figures = 'none' then 'Not compared: nothing is booked in the window.'
        when figures = 'late' then 'Not compared: ' || figures_words(figures)
        when not comparable then 'Not compared: the account''s first month is ' || strftime(first_month, '%b %Y')
            || '.' end;

create macro window_text(first_day, last_day) as strftime(first_day, '%b %Y') || ' to ' || strftime(last_day, '%b %Y');

-- the smallest whole cent that is not below x
create macro cents_up(x) as (ceil(round(x * 100, 6)) / 100)::double;

-- every month of the asked account with the rows it was read from
create view month_asked as
select m.*, f.currency, f.revenue as own_revenue, f.source_row, x.rate, x.source_row as rate_row,
    at_row('financial_period', f.source_row) || case when upper(f.currency) = c.currency then ''
        else coalesce('; ' || at_row('fx_rate', x.source_row), '; no rate in ' || file_of('fx_rate')) end as source,
    m.period_start between c.window_start and c.window_end as in_window,
    m.period_start between c.previous_start and c.previous_end as in_previous
from money_month m
join asked using (account_id)
cross join context c
join financial_period f on f.account_id = m.account_id and f.period_start = m.period_start and f.scenario = 'actual'
left join month_rate x on x.currency = upper(f.currency)
    and x.period_start = rate_month(f.period_start, c.rates, c.window_start);
