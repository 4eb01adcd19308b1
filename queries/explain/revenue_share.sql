-- Why does this account have this share of revenue?

with lines as (
    select unnest([
        explained_value('Share of revenue', revenue_share, 'share'),
        explained_rule('Revenue of the account divided by the revenue of all chosen accounts whose profit is known.'),
        case when revenue_to_point > 0 then explained_lift('Revenue for one point more', revenue_to_point, 'money',
            'then the share is ' || share_text(revenue_share + 0.01)) end,
        case when revenue_share is null then explained_note(
            'No share: profit unknown, or the account is outside the filter.') end
        ], recursive := true)
    from money_lift
    union all from share_base)

select part, label, value, kind, words, on_date, source from lines where part is not null
order by place, on_date desc nulls last, label, source;
