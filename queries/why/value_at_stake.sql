-- Why is this value at stake?
-- needs model/further/why.sql
-- needs model/further/lifts_money.sql

with lines as (
    select unnest([
        shown('Value at stake', value_at_stake, 'money'),
        ruled('Revenue times the margin of the accounts chosen, less profit: what average margin would add. It sums to 0 over them.'),
        case when profit_to_average > 0 then lifted('Profit to add', profit_to_average, 'money',
            'then nothing is at stake; more than the value itself, because the average rises along')
            when value_at_stake > 0 and revenue <= 0 then noted('No revenue above 0, so no margin to reach.')
            when value_at_stake is not null then noted('Above average: the account gives this much more than average margin would.')
            else noted('Unknown: profit unknown, or the account is outside the filter.') end
        ], recursive := true)
    from money_lift
    union all from money_base)

select part, label, value, kind, words, on_date, source from lines where part is not null
order by place, on_date desc nulls last, label, source;
