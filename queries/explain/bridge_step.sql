-- Why did this step move profit so much?
-- also explains: bridge_accounts.amount, bridge_accounts.rank, bridge_accounts.step, profit_bridge.amount
-- also explains: profit_bridge.step

with says (step, label, words) as (values
    ('start', 'A year earlier', 'Profit of the same window a year earlier, over accounts known in both windows.'),
    ('end', 'This window', 'Profit of the window, over accounts known in both windows.'),
    ('size', 'Change in revenue',
        'Change of revenue at last year''s margin, over accounts with revenue in both windows.'),
    ('mix', 'Mix of accounts', 'Revenue moved between accounts of different margin.'),
    ('gross_margin_rate', 'Gross margin',
        'Revenue now times the change of each account''s gross margin as a share of it.'),
    ('cost_to_serve_rate', 'Cost to serve',
        'Revenue now times the change of each account''s cost to serve as a share of it.'),
    ('new', 'New accounts',
        'Accounts whose first month lies in or after the earlier window, or without any row in it: what they earn '
        || 'more than there.'),
    ('lost', 'Lost accounts', 'Accounts without any row now.'),
    ('no_revenue', 'Without revenue', 'Accounts whose revenue is not above 0 in one of the windows.'),
    ('currency', 'Currency', 'What other exchange rates than a year ago make.')),
parts as (
    select a.name, b.amount, row_number() over (order by abs(b.amount) desc, b.account_id) as place
    from bridge_account_step b join (select item from asked) q on b.step = q.item join account a using (account_id)
        where b.amount <> 0),
lines as (
    select unnest([
        explained_value(w.label, s.amount, 'money'),
        explained_rule(w.words || ' The ten steps add up to the change of profit.'),
        case when not c.history_known then explained_note(
            not_compared(c.history_known, null, null, c.first_booked, null, c.months_known_before,
            c.window_months)) end,
        (select explained_note(count_text(count(*), 'account') || ' left out of every step: '
            || string_agg(a.name || ' (' || p.left_out || ')', ', ' order by a.name) || '.')
            from bridge_part p join account a using (account_id) where p.left_out is not null having count(*) > 0),
        explained_input(1, 'Profit a year earlier', (select amount from panel_profit_bridge where step = 'start'),
            'money', null, c.previous_end),
        explained_input(2, 'Profit now', (select amount from panel_profit_bridge where step = 'end'), 'money', null,
            c.window_end)
        ], recursive := true)
    from asked q join panel_profit_bridge s on s.step = q.item join says w on w.step = s.step cross join context c
    union all
    select unnest([explained_input(6 + place / 1000, name, amount, 'money', 'in this step')], recursive := true)
        from parts where place <= 10
    union all
    select unnest([explained_input(7, count(*) || ' more accounts', sum(amount), 'money', 'in this step')],
        recursive := true) from parts where place > 10 having count(*) > 0)

select part, label, value, kind, words, on_date, source from lines where part is not null
order by place, on_date desc nulls last, label, source;
