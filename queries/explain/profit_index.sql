-- Why does this account have this profit-to-revenue index?

with lines as (
    select unnest([
        explained_value('Profit-to-revenue index', m.profit_index, 'number'),
        explained_rule(
            'Margin of the account divided by the margin of the programme, which no filter moves; none while that is '
            || 'under 1 %. Met from ' || plain_number(i.profit_index) || ' on.'),
        case when m.profit_index >= i.profit_index
            then explained_note('At or above ' || plain_number(i.profit_index) || '.')
            when m.profit_to_index > 0 then explained_lift('Profit to add', m.profit_to_index, 'money',
                'then the index is '
                || plain_number(i.profit_index) || '; the programme''s margin rises along')
            else explained_note(
                'Empty: profit unknown, no revenue, a programme without margin, outside the filter, or no longer in '
                || 'the programme.') end
        ], recursive := true)
    from money_lift m cross join indicator_rule i
    union all from programme_base)

select part, label, value, kind, words, on_date, source from lines where part is not null
order by place, on_date desc nulls last, label, source;
