-- Why did this step move profit so much?
-- also explains: profit_bridge.amount, profit_bridge.step
-- needs model/further/why.sql
-- reads panels/profit_bridge.sql

with says (step, words) as (values
    ('start', 'Profit of the same window a year earlier, over accounts known in both windows.'), ('end', 'Profit of the window, over accounts known in both windows.'),
    ('size', 'Change of revenue at last year''s margin, over accounts with revenue in both windows.'),
    ('mix', 'Revenue moved between accounts of different margin.'), ('gross_margin_rate', 'Revenue now times the change of each account''s gross margin rate.'),
    ('cost_to_serve_rate', 'Revenue now times the change of each account''s cost-to-serve rate.'), ('new', 'Accounts without any row a year earlier.'),
    ('lost', 'Accounts without any row now.'), ('no_revenue', 'Accounts whose revenue is not above 0 in one of the windows.'),
    ('currency', 'What other exchange rates than a year ago make.')),
lines as (
    select unnest([
        shown(upper(s.step[1]) || replace(s.step[2:], '_', ' '), s.amount, 'money'),
        ruled(w.words || ' The ten steps add up to the change of profit.'),
        given(1, 'Profit a year earlier', (select amount from shown_profit_bridge where step = 'start'), 'money', null, c.previous_end),
        given(2, 'Profit now', (select amount from shown_profit_bridge where step = 'end'), 'money', null, c.window_end),
        case when s.step in ('size', 'mix') then given(3, 'Revenue now, at last year''s rates', t.r1, 'money', 'accounts with revenue in both windows') end,
        case when s.step in ('size', 'mix') then given(4, 'Revenue a year earlier', t.r0, 'money', 'accounts with revenue in both windows') end,
        case when s.step in ('size', 'mix') then given(5, 'Margin a year earlier', t.m0, 'share') end
        ], recursive := true)
    from asked q join shown_profit_bridge s on s.step = q.item join says w on w.step = s.step cross join bridge_total t cross join context c
    union all
    (select unnest([given(6, a.name, b.profit - b.profit_before, 'money', 'change of profit', c.window_end)], recursive := true)
    from bridge_account b join account a using (account_id) cross join context c join asked q on case q.item when 'new' then b.part = 'new'
        when 'lost' then b.part = 'lost' when 'no_revenue' then b.part = 'no_revenue' else b.part = 'both' end
    order by abs(b.profit - b.profit_before) desc, account_id limit 8))

select part, label, value, kind, words, on_date, source from lines where part is not null
order by place, on_date desc nulls last, label, source;
