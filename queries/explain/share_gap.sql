-- Why is this account's share of profit not its share of revenue?

with lines as (
    select unnest([
        explained_value('Profit share less revenue share', share_gap, 'share', 'a fraction; points on screen'),
        explained_rule('Share of profit less share of revenue: below 0 the account earns less than its size.'),
        case when share_gap < 0 and profit_to_share > 0
            then explained_lift('Profit to close the gap', profit_to_share, 'money',
            'then the gap is 0; more than what it lacks to programme margin, because the total rises along')
            when share_gap < 0 then explained_note('No revenue above 0, so no share of it to match.')
            when share_gap >= 0 then explained_note('The account earns at least its share.')
            else explained_note('No gap: a share is unknown, or the account is outside the filter.') end,
        explained_input(0.1, 'Share of profit', profit_share, 'share'),
        explained_input(0.2, 'Share of revenue', revenue_share, 'share')
        ], recursive := true)
    from money_lift
    union all from share_base)

select part, label, value, kind, words, on_date, source from lines where part is not null
order by place, on_date desc nulls last, label, source;
