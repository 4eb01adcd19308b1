-- Why does this account have this margin?

with lines as (
    select unnest([
        explained_value('Margin', margin_of(f.profit, f.revenue), 'share'),
        explained_rule('Profit divided by revenue; none without revenue above 0.'),
        case when m.profit_to_margin > 0 then explained_lift('Profit missing to programme margin', m.profit_to_margin,
            'money',
            'then the margin is ' || share_text(m.programme_margin)
                || ', as the programme''s is today, rounded up')
            when m.margin >= m.programme_margin then explained_note('At or above the margin of the programme.')
            when margin_of(f.profit, f.revenue) is null
                then explained_note('Unknown: profit is unknown, or there is no revenue.') end
        ], recursive := true)
    from account_figures f join asked using (account_id) left join money_lift m using (account_id)
    union all from programme_base)

select part, label, value, kind, words, on_date, source from lines where part is not null
order by place, on_date desc nulls last, label, source;
