-- Of which months does the file know this account's figures?
-- also explains: months, months_before
-- needs model/further/why.sql

with lines as (
    select unnest([
        case q.measure when 'months' then shown('Months known', f.months, 'integer', 'of ' || c.window_months)
            when 'months_before' then shown('Months known a year earlier', f.months_before, 'integer', 'of ' || c.window_months)
            else shown('Figures', null, 'text', f.figures) end,
        ruled('Months of the window since the account''s first one; a late account''s up to its last. Inside its span a month without a row booked nothing. '
            || 'Late: it books every month (a row in 11 of 12), and the last one to three are missing; stopped: more than three, which count as 0. '
            || 'Short: the file''s history begins inside the window; new: the account does; none: no row in it.'),
        case when figures_words(f.figures) is not null then noted(figures_words(f.figures)) end,
        case when f.revenue_growth is null then noted(not_compared(c.history_known, f.figures, f.comparable, c.first_booked, f.first_month,
            c.months_known_before, c.window_months)) end,
        given(1, 'First booked month', null, 'date', strftime(s.first_month, '%b %Y'), s.first_month),
        given(2, 'Last booked month', null, 'date', strftime(s.last_month, '%b %Y'), s.last_month),
        given(3, 'Rows in the window', f.rows_now, 'integer', window_text(c.window_start, c.window_end), null,
            (select at_rows('financial_period', source_row) from month_asked where in_window)),
        given(4, 'Rows a year earlier', f.rows_before, 'integer', window_text(c.previous_start, c.previous_end), null,
            (select at_rows('financial_period', source_row) from month_asked where in_previous))
        ], recursive := true)
    from asked q join account_figures f using (account_id) left join account_span s using (account_id) cross join context c)

select part, label, value, kind, words, on_date, source from lines where part is not null
    and not (part = 'note' and words is null)
order by place, on_date desc nulls last, label, source;
