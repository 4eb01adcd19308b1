-- Why does this account have this profit-to-revenue index?
-- needs model/further/why.sql
-- needs model/further/lifts_money.sql

with lines as (
    select unnest([
        shown('Profit-to-revenue index', m.profit_index, 'number'),
        ruled('Margin of the account divided by the margin of the programme, which no filter moves; none while that is under 1 %. Met from ' || plain(i.profit_index) || ' on.'),
        case when m.profit_index >= i.profit_index then noted('At or above ' || plain(i.profit_index) || '.')
            when m.profit_to_index > 0 then lifted('Profit to add', m.profit_to_index, 'money', 'then the index is '
                || plain(i.profit_index) || '; the programme''s margin rises along')
            else noted('Empty: profit unknown, no revenue, a programme without margin, outside the filter, or no longer in the programme.') end
        ], recursive := true)
    from money_lift m cross join indicator_rule i
    union all from programme_base)

select part, label, value, kind, words, on_date, source from lines where part is not null
order by place, on_date desc nulls last, label, source;
