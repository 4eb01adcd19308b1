-- Why does this account have this share of profit?

with lines as (
    select unnest([
        explained_value('Share of profit', profit_share, 'share'),
        explained_rule(
            'Profit of the account divided by the profit of all chosen accounts whose profit is known; below 0 for a '
            || 'loss.'),
        case when profit_to_point > 0 then explained_lift('Profit for one point more', profit_to_point, 'money',
            'then the share is ' || share_text(profit_share + 0.01)) end,
        case when profit_share is null then explained_note(
            'No share: profit unknown, no profit to share, or outside the filter.') end
        ], recursive := true)
    from money_lift
    union all from share_base)

select part, label, value, kind, words, on_date, source from lines where part is not null
order by place, on_date desc nulls last, label, source;
