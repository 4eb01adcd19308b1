-- Why do the chosen accounts have this revenue, profit or margin together?
-- Over 80 lines because each sum has its own base, and says whom it leaves out.
-- also explains: portfolio.revenue, portfolio.profit, portfolio.margin, portfolio.revenue_change
-- also explains: portfolio.profit_change
-- also explains: portfolio.unknown_profit_accounts, portfolio.accounts, portfolio.known_revenue
-- also explains: portfolio.programme_margin
-- also explains: portfolio.programme_accounts, portfolio.exited_accounts, portfolio.late_accounts
-- also explains: portfolio.stopped_accounts
-- also explains: portfolio.months_known_before

-- `left_out`: what is unknown about an account, where that keeps it out of the sum asked about; each sum has its own
-- base
with parts as (
    select f.account_id, a.name, f.revenue, f.profit, f.figures, q.measure, a.status,
        case
            when q.measure in ('programme_margin', 'months_known_before') then null
            when q.measure in ('revenue', 'accounts', 'programme_accounts', 'exited_accounts')
                then case when f.revenue is null and k.in_programme is distinct from (q.measure = 'exited_accounts')
                    or f.revenue is null and q.measure in ('revenue', 'accounts') then 'revenue unknown' end
            when q.measure in ('late_accounts', 'stopped_accounts') then null
            when q.measure = 'revenue_change' then case when not c.history_known then null
                when f.late then 'late, not booked to the end of the window'
                when f.revenue_incomparable then 'revenue unknown now or a year earlier' end
            when q.measure = 'profit_change' then case when not c.history_known then null
                when f.rows_now + f.rows_before = 0 then 'no figures' else b.left_out end
            else case when f.profit_unknown then 'profit unknown' end end as left_out,
        case
            when q.measure = 'revenue_change'
                then case when not f.revenue_incomparable
                    then coalesce(f.revenue, 0) - coalesce(f.revenue_before, 0) end::double
            when q.measure = 'profit_change' then case when b.left_out is null then b.profit - b.profit_before end
            when q.measure in ('profit', 'margin') then f.profit::double
            when q.measure = 'known_revenue' then case when f.profit is not null then f.revenue end::double
            when q.measure = 'programme_accounts' then case when k.in_programme then f.revenue end::double
            when q.measure = 'exited_accounts' then case when not k.in_programme then f.revenue end::double
            when q.measure = 'late_accounts' then case when k.in_programme and f.figures = 'late'
                then f.revenue end::double
            when q.measure = 'stopped_accounts' then case when k.in_programme and f.figures = 'stopped'
                then f.revenue end::double
            when q.measure in ('revenue', 'accounts') then f.revenue::double end as part
    from chosen_figures f join account a using (account_id) join account_contribution_all k using (account_id) left
        join bridge_part b using (account_id)
    cross join asked q cross join context c),
ranked as (
    select *, row_number() over (order by part desc nulls last, account_id) as place, row_number()
        over (order by part, account_id) as from_end,
        count(part) over () as known from parts),
lines as (
    select unnest([
        case q.measure when 'margin' then explained_value('Margin', p.margin, 'share') when 'unknown_profit_accounts'
            then explained_value('Profit unknown', p.unknown_profit_accounts, 'integer')
            when 'accounts' then explained_value('Accounts', p.accounts, 'integer', p.programme_accounts
                || ' in the programme, ' || p.exited_accounts || ' exited')
            when 'programme_accounts' then explained_value('Accounts in the programme', p.programme_accounts, 'integer',
                'of ' || p.accounts)
            when 'exited_accounts' then explained_value('Exited accounts', p.exited_accounts, 'integer', 'of '
                || p.accounts)
            when 'late_accounts' then explained_value('Late accounts', p.late_accounts, 'integer', 'of '
                || p.programme_accounts || ' in the programme')
            when 'stopped_accounts' then explained_value('Stopped accounts', p.stopped_accounts, 'integer', 'of '
                || p.programme_accounts || ' in the programme')
            when 'known_revenue' then explained_value('Revenue with known profit', p.known_revenue, 'money', p.currency)
            when 'programme_margin' then explained_value('Margin of the programme', p.programme_margin, 'share')
            when 'months_known_before' then explained_value('Months known a year earlier', p.months_known_before,
                'integer', 'of ' || c.window_months)
            when 'revenue' then explained_value('Revenue', p.revenue, 'money', p.currency)
            when 'revenue_change' then explained_value('Revenue against the year before', p.revenue_change, 'money',
                p.currency)
            when 'profit_change' then explained_value('Profit against the year before', p.profit_change, 'money',
                p.currency) else explained_value('Profit', p.profit, 'money', p.currency) end,
        explained_rule(case q.measure when 'margin'
            then 'Profit divided by revenue, over the chosen accounts with known profit.'
            when 'unknown_profit_accounts'
                then 'Chosen accounts without figures, or with a cost or a rate missing in the window: left out of '
                || 'profit, margin and shares.'
            when 'accounts'
                then 'The accounts that the filter leaves, each with its revenue. An exited account keeps its money '
                || 'and nothing else.'
            when 'programme_accounts' then 'The chosen accounts that are in the programme today.'
            when 'exited_accounts'
                then 'The chosen accounts that have left the programme: they keep their money and nothing else.'
            when 'late_accounts'
                then 'Accounts of the programme that book every month and have not booked the last one to three of '
                || 'the window: what they have booked counts in sums, and nothing is compared.'
            when 'stopped_accounts'
                then 'Accounts of the programme that booked every month and nothing for more than three months: zeros '
                || 'that count.'
            when 'known_revenue'
                then 'Revenue of the chosen accounts with known profit: the base of profit, margin and shares.'
            when 'programme_margin'
                then 'Profit divided by revenue over all accounts of the programme with known profit: the yardstick, '
                || 'which no filter moves.'
            when 'months_known_before'
                then 'Months of the same window a year earlier within the booked range of the file; with less than '
                || 'all of them nothing is compared.'
            when 'revenue_change'
                then 'This window less the same months a year earlier, over the chosen accounts known in both; new '
                || 'and lost ones count in full, late ones not.'
            when 'profit_change'
                then 'End less start of the bridge: this window less the same months a year earlier, over the chosen '
                || 'accounts known in both; new and lost ones count in full, late ones not.'
            when 'revenue'
                then 'Net revenue of all chosen accounts that have figures, also where their profit is unknown, '
                || window_text(p.window_start, p.window_end) || '.'
            else 'The sum over the chosen accounts with known profit, ' || p.basis || ', '
                || window_text(p.window_start, p.window_end) || '.' end),
        case when q.measure in ('profit', 'margin')
            then (select explained_lift('Profit missing at ' || name || ' to break even', -profit, 'money',
            'the largest loss') from parts where profit < 0 order by profit, account_id limit 1) end,
        case when q.measure in ('revenue_change', 'profit_change', 'months_known_before') and not c.history_known
            then explained_note(not_compared(c.history_known, null, null, c.first_booked, null, c.months_known_before,
                c.window_months)) end,
        (select explained_note(count_text(count(*), 'account') || ' left out: '
            || string_agg(distinct left_out, '; ' order by left_out) || '.') from parts
            where left_out is not null and measure in ('revenue', 'profit', 'margin', 'known_revenue', 'revenue_change',
                'profit_change') having count(*) > 0),
        case when q.measure = 'margin' then explained_input(0.1, 'Profit', p.profit, 'money') end,
        case when q.measure = 'margin' then explained_input(0.2, 'Revenue of accounts with known profit',
            p.known_revenue, 'money', 'of ' || amount_text(p.revenue) || ' in all') end,
        case when q.measure = 'programme_margin'
            then (select explained_input(0.1, 'Profit of the programme', known_profit, 'money')
            from programme_yardstick) end,
        case when q.measure = 'programme_margin'
            then (select explained_input(0.2, 'Revenue of the programme', known_revenue, 'money',
            count_text(known_accounts, 'account') || ' with known profit') from programme_yardstick) end
        ], recursive := true)
    from panel_portfolio p cross join asked q cross join context c
    union all
    select unnest([explained_input(place / 1000, name, part, 'money', account_id)], recursive := true)
    from ranked where part is not null and (known <= 14 or place <= 8 or place > known - 5)
    union all
    select unnest([explained_input(0.0085, count(*) || ' more accounts', sum(part), 'money')], recursive := true)
    from ranked where known > 14 and place > 8 and place <= known - 5 having count(*) > 0
    union all
    select unnest([explained_input(2, name, null, 'money', account_id || ': ' || left_out
        || coalesce(', revenue ' || amount_text(revenue), ''))], recursive := true) from ranked
        where left_out is not null)

select part, label, value, kind, words, on_date, source from lines where part is not null
order by place, on_date desc nulls last, label, source;
