-- Why is this account in this quadrant?
-- also explains: margin_cut, revenue_cut
-- needs model/further/why.sql
-- needs model/further/lifts_money.sql

with lines as (
    select unnest([
        shown('Quadrant', null, 'text', coalesce(quadrant, 'none')),
        ruled('Big from the median revenue on, rich from the portfolio''s margin on, both over every account of the file with known profit: '
            || 'protect is big and rich, re-price big and poor, invest small and rich, fix or exit small and poor.'),
        case when quadrant in ('re-price', 'fix or exit') then lifted('Profit to add', profit_to_average, 'money',
                'then it is rich: ' || case quadrant when 're-price' then 'protect' else 'invest' end || '; the margin of the file rises along')
            when quadrant = 'invest' then lifted('Revenue to add at its margin', cents_up(big_from - revenue), 'money', 'then it is big: protect')
            when quadrant = 'protect' then noted('The best quadrant.') else noted('None: profit unknown, or no revenue above 0.') end,
        given(1, 'Revenue', revenue, 'money'), given(2, 'Profit', profit, 'money'), given(3, 'Margin', margin, 'share'),
        given(4, 'Median revenue of the file', median_revenue, 'money'), given(5, 'Revenue of the file', known_revenue, 'money'),
        given(6, 'Profit of the file', known_profit, 'money'), given(7, 'Margin of the file', portfolio_margin, 'share')
        ], recursive := true)
    from quadrant_lift join asked using (account_id))

select part, label, value, kind, words, on_date, source from lines where part is not null
order by place, on_date desc nulls last, label, source;
