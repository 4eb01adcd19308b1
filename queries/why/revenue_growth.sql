-- Why has this account's revenue moved so much in a year?
-- also explains: revenue_before
-- also explains: growth
-- needs model/further/why.sql

with lines as (
    select unnest([
        shown('Growth', f.revenue_growth, 'share'),
        ruled('Revenue of ' || window_text(c.window_start, c.window_end) || ' divided by that of the same months a year earlier, less 1.'),
        case when f.revenue_growth < 0 then lifted('Revenue to add', f.revenue_before - f.revenue, 'money', 'then revenue no longer falls')
            when f.revenue_growth is not null then lifted('Revenue for one point more', cents_up(0.01 * f.revenue_before::double), 'money',
                'then growth is ' || share_text(f.revenue_growth + 0.01))
            else noted('Unknown: no figures in one of the two windows, a rate missing, or no revenue above 0 a year ago.') end,
        given(1, 'Revenue now', f.revenue, 'money', window_text(c.window_start, c.window_end), c.window_end,
            (select at_rows('financial_period', source_row) from month_asked where in_window)),
        given(2, 'Revenue a year earlier', f.revenue_before, 'money', window_text(c.previous_start, c.previous_end), c.previous_end,
            (select at_rows('financial_period', source_row) from month_asked where in_previous))
        ], recursive := true)
    from account_figures f join asked using (account_id) cross join context c)

select part, label, value, kind, words, on_date, source from lines where part is not null
order by place, on_date desc nulls last, label, source;
