-- Why does this account have this revenue?

with lines as (
    select unnest([
        explained_value('Revenue', f.revenue, 'money', f.months || ' of ' || c.window_months || ' months known'),
        explained_rule('Net revenue of ' || window_text(c.window_start, c.window_end) || ', each month '
            || 'converted to ' || c.currency || ' at the rate of its own month.'),
        case when f.comparable and f.revenue < f.revenue_before
            then explained_lift('Revenue missing to the year before', f.revenue_before - f.revenue, 'money',
            'then growth is 0 instead of ' || share_text(f.revenue_growth)) end,
        case when f.rows_now = 0 then explained_note('Nothing is booked in the window: revenue is unknown, not 0.')
            when f.revenue is null then explained_note('A rate is missing: revenue is unknown until fx_rate has it.')
            when f.figures <> 'complete' then explained_note(figures_words(f.figures)) end
        ], recursive := true)
    from account_figures f join asked using (account_id) cross join context c
    union all
    select unnest([explained_input(0, strftime(period_start, '%b %Y'), revenue, 'money', currency || ' ' || own_revenue
        || case when rate is null then '' else ' x ' || plain_number(rate) end, period_start, source)],
            recursive := true)
    from month_asked where in_window)

select part, label, value, kind, words, on_date, source from lines where part is not null
order by place, on_date desc nulls last, label, source;
