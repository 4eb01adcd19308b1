-- Why has this account's profit moved so much in a year?
-- also explains: profit_before
-- also explains: empty_growth

with lines as (
    select unnest([
        explained_value('Profit against the year before', f.profit_change, 'money'),
        explained_rule('Profit of ' || window_text(c.window_start, c.window_end)
            || ' less that of the same months a year earlier.'),
        case when f.profit_change < 0 then explained_lift('Profit to add', -f.profit_change, 'money',
            'then profit no longer falls')
            when f.profit_change is null then explained_note(
                coalesce(not_compared(c.history_known, f.figures, f.comparable, c.first_booked, f.first_month,
                c.months_known_before, c.window_months),
                    'Unknown: a cost or a rate is missing in one of the two windows.')) end,
        case when f.empty_growth then explained_note('Revenue up, profit down.') end,
        explained_input(1, 'Profit now', f.profit, 'money', window_text(c.window_start, c.window_end), c.window_end,
            (select at_rows('financial_period', source_row) from month_asked where in_window)),
        explained_input(2, 'Profit a year earlier', case when f.comparable then f.profit_before end, 'money',
            window_text(c.previous_start, c.previous_end), c.previous_end,
            (select at_rows('financial_period', source_row) from month_asked where in_previous))
        ], recursive := true)
    from account_figures f join asked using (account_id) cross join context c)

select part, label, value, kind, words, on_date, source from lines where part is not null
order by place, on_date desc nulls last, label, source;
