-- Why is this share of the account's revenue priced by value?

with priced as (
    select f.*, i.value_priced_share as threshold, case when f.revenue > 0
        then 1 - (f.priced / f.revenue)::double end as unknown_share
    from account_figures f join asked using (account_id) cross join indicator_rule i),
lines as (
    select unnest([
        explained_value('Value-priced share', value_priced_share, 'share'),
        explained_rule(
            'Value-priced revenue divided by revenue whose pricing is known; none while more than 50 % of revenue is '
            || 'unknown. Met from '
            || share_text(threshold) || ' on.'),
        case when value_priced_share < threshold
            then explained_lift('Revenue to move to value pricing',
            cents_up(threshold * priced::double - value_priced::double), 'money',
            'then the share is ' || share_text(threshold)) when value_priced_share is not null
                then explained_note('At or above ' || share_text(threshold) || '.')
            else explained_note('Unknown: no pricing is given, or for too little of the revenue.') end,
        explained_input(1, 'Value-priced revenue', case when prices_given then value_priced end, 'money', null, null,
            (select at_rows('financial_period', source_row) from month_asked where in_window)),
        explained_input(2, 'Revenue with known pricing', case when prices_given then priced end, 'money',
            'value, cost-plus and market priced'),
        explained_input(3, 'Share of revenue without pricing', case when prices_given then unknown_share end, 'share')
        ], recursive := true)
    from priced)

select part, label, value, kind, words, on_date, source from lines where part is not null
order by place, on_date desc nulls last, label, source;
