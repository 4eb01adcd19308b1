-- Why does this group of accounts have this share of revenue and profit?
-- also explains: value_groups.accounts, value_groups.revenue, value_groups.profit, value_groups.margin, value_groups.revenue_share
-- also explains: value_groups.profit_share, value_groups.share_gap, value_groups.profit_index, value_groups.value_at_stake
-- also explains: value_groups.unknown_accounts, value_groups.group_name, value_groups.grouped_by
-- needs model/further/why.sql
-- needs model/further/lifts_money.sql
-- reads panels/value_groups.sql

with held as (
    select g.*, q.measure, t.known_revenue, t.known_profit, y.margin as programme_margin,
        case when g.value_at_stake >= 0.005 and g.revenue > 0 then cents_up(g.value_at_stake) end as profit_to_margin
    from asked q join shown_value_groups g on g.grouped_by = item_part(q.item, 1) and coalesce(g.group_name, '') = item_part(q.item, 2)
    cross join chosen_total t cross join programme_yardstick y),
lines as (
    select unnest([
        case measure when 'accounts' then shown('Accounts', accounts, 'integer') when 'unknown_accounts' then shown('Profit unknown', unknown_accounts, 'integer')
            when 'profit' then shown('Profit', profit, 'money') when 'margin' then shown('Margin', margin, 'share') when 'revenue_share' then
            shown('Share of revenue', revenue_share, 'share') when 'profit_share' then shown('Share of profit', profit_share, 'share')
            when 'share_gap' then shown('Share gap', share_gap, 'share') when 'profit_index' then shown('Profit-to-revenue index', profit_index, 'number')
            when 'value_at_stake' then shown('Value at stake', value_at_stake, 'money') else shown('Revenue', revenue, 'money') end,
        ruled('Sums over the accounts of the group whose profit is known; shares of all chosen accounts with known profit; gap: profit share less revenue share; '
            || 'at stake and index: against the margin of the programme, which no filter moves.'),
        case when profit_to_margin > 0 then lifted('Profit to add', profit_to_margin, 'money',
            'then the group has the margin that the programme has today') end,
        given(1, 'Revenue of the group', revenue, 'money', count_text(accounts, 'account') || ' with known profit'),
        given(2, 'Profit of the group', profit, 'money'), given(3, 'Revenue of the accounts chosen', known_revenue, 'money'),
        given(4, 'Profit of the accounts chosen', known_profit, 'money'), given(5, 'Margin of the programme', programme_margin, 'share'),
        case when unknown_accounts > 0 then noted(count_text(unknown_accounts, 'account') || ' with unknown profit left out.') end
        ], recursive := true)
    from held)

select part, label, value, kind, words, on_date, source from lines where part is not null
order by place, on_date desc nulls last, label, source;
