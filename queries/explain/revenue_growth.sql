-- Why has this account's revenue moved so much in a year?
-- also explains: revenue_before
-- also explains: growth

with lines as (
    select unnest([
        explained_value('Growth', f.revenue_growth, 'share'),
        explained_rule('Revenue of ' || window_text(c.window_start, c.window_end)
            || ' divided by that of the same months a year earlier, less 1.'),
        case when f.revenue_growth < 0 then explained_lift('Revenue to add', f.revenue_before - f.revenue, 'money',
            'then revenue no longer falls')
            when f.revenue_growth is not null then explained_lift('Revenue for one point more',
                cents_up(0.01 * f.revenue_before::double), 'money',
                'then growth is ' || share_text(f.revenue_growth + 0.01))
            else explained_note(coalesce(not_compared(c.history_known, f.figures, f.comparable, c.first_booked,
                f.first_month, c.months_known_before, c.window_months),
                'Unknown: a rate is missing, or no revenue above 0 a year earlier.')) end,
        explained_input(1, 'Revenue now', f.revenue, 'money', window_text(c.window_start, c.window_end), c.window_end,
            (select at_rows('financial_period', source_row) from month_asked where in_window)),
        explained_input(2, 'Revenue a year earlier', case when f.comparable then f.revenue_before end, 'money',
            window_text(c.previous_start, c.previous_end), c.previous_end,
            (select at_rows('financial_period', source_row) from month_asked where in_previous))
        ], recursive := true)
    from account_figures f join asked using (account_id) cross join context c)

select part, label, value, kind, words, on_date, source from lines where part is not null
order by place, on_date desc nulls last, label, source;
