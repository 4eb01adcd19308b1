-- Why does this group of accounts have this share of revenue and profit?
-- also explains: value_groups.accounts, value_groups.revenue, value_groups.profit, value_groups.margin
-- also explains: value_groups.revenue_share
-- also explains: value_groups.profit_share, value_groups.share_gap, value_groups.profit_index
-- also explains: value_groups.value_at_stake
-- also explains: value_groups.unknown_accounts, value_groups.group_name, value_groups.grouped_by

with held as (
    select g.*, q.measure, t.known_revenue, t.known_profit, y.margin as programme_margin,
        case when g.value_at_stake >= 0.005 and g.revenue > 0 then cents_up(g.value_at_stake) end as profit_to_margin
    from asked q join panel_value_groups g on g.grouped_by = item_part(q.item, 1)
        and coalesce(g.group_name, '') = item_part(q.item, 2)
    cross join chosen_total t cross join programme_yardstick y),
lines as (
    select unnest([
        case measure when 'accounts' then explained_value('Accounts', accounts, 'integer') when 'unknown_accounts'
            then explained_value('Profit unknown', unknown_accounts, 'integer')
            when 'profit' then explained_value('Profit', profit, 'money') when 'margin'
                then explained_value('Margin', margin, 'share') when 'revenue_share' then
            explained_value('Share of revenue', revenue_share, 'share') when 'profit_share'
                then explained_value('Share of profit', profit_share, 'share')
            when 'share_gap' then explained_value('Profit share less revenue share', share_gap, 'share')
            when 'profit_index'
                then explained_value('Profit-to-revenue index', profit_index, 'number')
            when 'value_at_stake' then explained_value('To programme margin', value_at_stake, 'money')
                else explained_value('Revenue', revenue, 'money') end,
        explained_rule(
            'Sums over the accounts of the group whose profit is known; shares of all chosen accounts with known '
            || 'profit; profit share less revenue share in points; '
            || 'to programme margin, and index: against the margin of the programme, which no filter moves.'),
        case when profit_to_margin > 0 then explained_lift('Profit to add', profit_to_margin, 'money',
            'then the group has the margin that the programme has today') end,
        explained_input(1, 'Revenue of the group', revenue, 'money', count_text(accounts, 'account')
            || ' with known profit'),
        explained_input(2, 'Profit of the group', profit, 'money'),
            explained_input(3, 'Revenue of the accounts chosen', known_revenue, 'money'),
        explained_input(4, 'Profit of the accounts chosen', known_profit, 'money'),
            explained_input(5, 'Margin of the programme', programme_margin, 'share'),
        case when unknown_accounts > 0 then explained_note(count_text(unknown_accounts, 'account')
            || ' with unknown profit left out.') end
        ], recursive := true)
    from held)

select part, label, value, kind, words, on_date, source from lines where part is not null
order by place, on_date desc nulls last, label, source;
