-- Why is this account in this quadrant?
-- also explains: margin_cut, revenue_cut, value_mix.programme_margin

with lines as (
    select unnest([
        explained_value('Quadrant', null, 'text', coalesce(quadrant, 'none')),
        explained_rule('Big from ' || case when size_set then 'setting big_from' else 'the median revenue' end
            || ' on, rich from '
            || case when hurdle_set then 'setting hurdle_margin' else 'the margin' end || ' on (less than '
                || plain_number(100 * quadrant_band)
            || ' points below it still counts), over the accounts of the programme with known profit, whatever the '
            || 'filter: '
            || 'protect is big and rich, re-price big and poor, invest small and rich, fix or exit small and poor.'),
        case when quadrant in ('re-price', 'fix or exit') then explained_lift('Profit to add', profit_to_rich, 'money',
                'then it is rich: ' || case quadrant when 're-price' then 'protect' else 'invest' end
                    || case when hurdle_set then '' else '; the margin of the programme rises along' end)
            when quadrant = 'invest' then explained_lift('Revenue to add at its margin', cents_up(big_from - revenue),
                'money', 'then it is big: protect')
            when quadrant = 'protect' then explained_note('The best quadrant.')
            when not in_programme then explained_note('None: the account has left the programme.')
            when profit is not null and margin is not null
                then explained_note('None: only ' || months || ' months of the window are known.')
            else explained_note('None: profit unknown, or no revenue above 0.') end,
        explained_input(1, 'Revenue', revenue, 'money'), explained_input(2, 'Profit', profit, 'money'),
            explained_input(3, 'Margin', margin, 'share'),
        explained_input(4, 'Big from', revenue_cut, 'money', case when size_set then 'setting big_from'
            else 'median of the programme' end),
        explained_input(5, 'Revenue of the programme', known_revenue, 'money'),
        explained_input(6, 'Profit of the programme', known_profit, 'money'),
        explained_input(7, 'Margin cut', margin_cut, 'share', case when hurdle_set then 'setting hurdle_margin'
            else 'margin of the programme' end)
        ], recursive := true)
    from quadrant_lift join asked using (account_id))

select part, label, value, kind, words, on_date, source from lines where part is not null
order by place, on_date desc nulls last, label, source;
