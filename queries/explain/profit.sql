-- Why does this account make this profit?

with lines as (
    select unnest([
        explained_value('Profit', f.profit, 'money', c.basis || ', ' || window_text(c.window_start, c.window_end)),
        explained_rule('Revenue less cost of goods sold' || case c.basis when 'gross' then ''
            else ' less cost to serve' end
            || ', month by month in ' || c.currency || '; unknown as soon as one month lacks a cost or a rate.'),
        case when f.profit < 0 then explained_lift('Profit missing to break even', -f.profit, 'money',
            'then the account no longer loses money')
            when m.profit_to_margin > 0 then explained_lift('Profit missing to programme margin', m.profit_to_margin,
                'money',
                'then the margin is ' || share_text(m.programme_margin)
                    || ', as the programme''s is today, rounded up') end,
        case when f.rows_now = 0 then explained_note('Nothing is booked in the window: profit is unknown, not 0.')
            when f.profit is null then explained_note(
                'Unknown: left out of every sum and share until the missing month is complete.') end
        ], recursive := true)
    from account_figures f join asked using (account_id) cross join context c left join money_lift m using (account_id)
    union all
    select unnest([explained_input(0, strftime(period_start, '%b %Y'), profit, 'money', 'revenue '
        || coalesce(amount_text(revenue), '?')
        || ', goods ' || coalesce(amount_text(cogs), '?') || ', to serve ' || coalesce(amount_text(cost_to_serve), '?'),
        period_start, source)], recursive := true)
    from month_asked where in_window)

select part, label, value, kind, words, on_date, source from lines where part is not null
order by place, on_date desc nulls last, label, source;
