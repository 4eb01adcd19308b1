-- Of which months does the file know this account's figures?
-- also explains: months, months_before

with lines as (
    select unnest([
        case q.measure when 'months' then explained_value('Months known', f.months, 'integer', 'of ' || c.window_months)
            when 'months_before' then explained_value('Months known a year earlier', f.months_before, 'integer', 'of '
                || c.window_months)
            else explained_value('Figures', null, 'text', f.figures) end,
        explained_rule(
            'Months of the window since the account''s first one; a late account''s up to its last. Inside its span a '
            || 'month without a row booked nothing. '
            || 'Late: it books every month (a row in 11 of 12), and the last one to three are missing; stopped: more '
            || 'than three, which count as 0. '
            || 'Short: the file''s history begins inside the window; new: the account does; none: no row in it.'),
        case when figures_words(f.figures) is not null then explained_note(figures_words(f.figures)) end,
        case when f.revenue_growth is null then explained_note(
            not_compared(c.history_known, f.figures, f.comparable, c.first_booked, f.first_month,
            c.months_known_before, c.window_months)) end,
        explained_input(1, 'First booked month', null, 'date', strftime(s.first_month, '%b %Y'), s.first_month),
        explained_input(2, 'Last booked month', null, 'date', strftime(s.last_month, '%b %Y'), s.last_month),
        explained_input(3, 'Rows in the window', f.rows_now, 'integer', window_text(c.window_start, c.window_end), null,
            (select at_rows('financial_period', source_row) from month_asked where in_window)),
        explained_input(4, 'Rows a year earlier', f.rows_before, 'integer',
            window_text(c.previous_start, c.previous_end), null,
            (select at_rows('financial_period', source_row) from month_asked where in_previous))
        ], recursive := true)
    from asked q join account_figures f using (account_id) left join account_span s using (account_id) cross
        join context c)

select part, label, value, kind, words, on_date, source from lines where part is not null
    and not (part = 'note' and words is null)
order by place, on_date desc nulls last, label, source;
