-- Why do the chosen accounts have this revenue, profit or margin together?
-- also explains: portfolio.revenue, portfolio.profit, portfolio.margin, portfolio.revenue_change, portfolio.profit_change
-- also explains: portfolio.unknown_profit_accounts, portfolio.accounts
-- needs model/further/why.sql
-- reads panels/portfolio.sql

-- `left_out`: what is unknown about an account, where that keeps it out of the sum asked about; each sum has its own base
with parts as (
    select f.account_id, a.name, f.revenue, f.profit, q.measure, case
        when q.measure in ('revenue', 'accounts') then case when f.revenue is null then 'revenue' end
        when q.measure = 'revenue_change' then case when f.revenue_incomparable then 'revenue now or a year earlier' end
        when q.measure = 'profit_change' then case when f.profit_incomparable then 'profit now or a year earlier' end
        else case when f.profit_unknown then 'profit' end end as left_out, case when q.measure in ('revenue', 'accounts') then f.revenue
        when q.measure = 'revenue_change'
            then case when not f.revenue_incomparable then coalesce(f.revenue, 0) - coalesce(f.revenue_before, 0) end
        when q.measure = 'profit_change' then case when not f.profit_incomparable then coalesce(f.profit, 0) - coalesce(f.profit_before, 0) end
        else f.profit end as part
    from chosen_figures f join account a using (account_id) cross join asked q),
ranked as (
    select *, row_number() over (order by part desc nulls last, account_id) as place, row_number() over (order by part, account_id) as from_end,
        count(part) over () as known from parts),
lines as (
    select unnest([
        case q.measure when 'margin' then shown('Margin', p.margin, 'share') when 'unknown_profit_accounts' then shown('Profit unknown', p.unknown_profit_accounts, 'integer')
            when 'accounts' then shown('Accounts', p.accounts, 'integer') when 'revenue' then shown('Revenue', p.revenue, 'money', p.currency)
            when 'revenue_change' then shown('Revenue against the year before', p.revenue_change, 'money', p.currency)
            when 'profit_change' then shown('Profit against the year before', p.profit_change, 'money', p.currency) else shown('Profit', p.profit, 'money', p.currency) end,
        ruled(case q.measure when 'margin' then 'Profit divided by revenue, over the chosen accounts with known profit.'
            when 'unknown_profit_accounts' then 'Chosen accounts without figures, or with a cost or a rate missing in the window: left out of profit, margin and shares.'
            when 'accounts' then 'The accounts that the filter leaves, each with its revenue.'
            when 'revenue_change' then 'This window less the same months a year earlier, over the chosen accounts known in both; new and lost ones count in full.'
            when 'profit_change' then 'This window less the same months a year earlier, over the chosen accounts known in both; new and lost ones count in full.'
            when 'revenue' then 'Net revenue of all chosen accounts that have figures, also where their profit is unknown, '
                || window_text(p.window_start, p.window_end) || '.'
            else 'The sum over the chosen accounts with known profit, ' || p.basis || ', ' || window_text(p.window_start, p.window_end) || '.' end),
        case when q.measure in ('profit', 'margin') then (select lifted('Profit missing at ' || name || ' to break even', -profit, 'money',
            'the largest loss') from parts where profit < 0 order by profit, account_id limit 1) end,
        (select noted(count_text(count(*), 'account') || ' with unknown ' || any_value(left_out) || ' left out.') from parts
            where left_out is not null and measure not in ('accounts', 'unknown_profit_accounts') having count(*) > 0),
        case when q.measure = 'margin' then given(0.1, 'Profit', p.profit, 'money') end,
        case when q.measure = 'margin' then given(0.2, 'Revenue of accounts with known profit', (select sum(revenue) from parts where profit is not null), 'money') end
        ], recursive := true)
    from shown_portfolio p cross join asked q
    union all
    select unnest([given(place / 1000, name, part, 'money', account_id)], recursive := true)
    from ranked where part is not null and (known <= 14 or place <= 8 or place > known - 5) and (measure <> 'unknown_profit_accounts')
    union all
    select unnest([given(0.0085, count(*) || ' more accounts', sum(part), 'money')], recursive := true)
    from ranked where known > 14 and place > 8 and place <= known - 5 and measure <> 'unknown_profit_accounts' having count(*) > 0
    union all
    select unnest([given(2, name, null, 'money', account_id || ': ' || left_out || ' unknown' || coalesce(', revenue ' || amount_text(revenue), ''))], recursive := true) from ranked where left_out is not null)

select part, label, value, kind, words, on_date, source from lines where part is not null
order by place, on_date desc nulls last, label, source;
