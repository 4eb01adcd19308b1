-- Why is this lever named for the account?
-- also explains: lever_kind, lever_gain

with lines as (
    select unnest([
        explained_value('Lever', null, 'text', coalesce(l.lever, 'none')),
        explained_rule(
            'Only below the margin of the programme. Cost to serve at its rate, where that saves at least what '
            || price_words(y.lever_price) || ' of price would bring; else '
            || price_words(y.lever_price)
                || ' of price for a re-price account; else to programme margin. Gross of volume effects: volume is '
                || 'assumed unchanged.'),
        case when m.profit_to_average > 0 then explained_lift('Profit to add', m.profit_to_average, 'money',
            'then no lever is named; more than what it lacks to programme margin, because that '
                || 'margin rises along') end,
        case when l.lever is null then explained_note(
            'None: at or above the programme''s margin, profit unknown, or no longer in the programme.') end,
        explained_input(1, 'Revenue', g.revenue, 'money', null, null,
            (select at_rows('financial_period', source_row) from month_asked where in_window)),
        explained_input(2, 'Cost to serve', g.cost_to_serve, 'money'),
        explained_input(3, 'Cost to serve of revenue, programme', g.cost_to_serve_rate, 'share'),
        explained_input(4, 'Saved at that rate', g.cost_gain, 'money'),
            explained_input(5, price_words(y.lever_price) || ' of price', g.price_gain, 'money'),
        explained_input(6, 'To programme margin', g.value_at_stake, 'money'),
            explained_input(7, 'Quadrant', null, 'text', g.quadrant)
        ], recursive := true)
    from asked q left join account_lever l on l.account_id = q.account_id left join lever_gain g
        on g.account_id = q.account_id
    left join money_lift m on m.account_id = q.account_id
    cross join programme_yardstick y)

select part, label, value, kind, words, on_date, source from lines where part is not null
order by place, on_date desc nulls last, label, source;
