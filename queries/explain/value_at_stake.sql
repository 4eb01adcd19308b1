-- What would the programme's margin be worth here?

with lines as (
    select unnest([
        explained_value('To programme margin', value_at_stake, 'money'),
        explained_rule(
            'Revenue times the margin of the programme, less profit: what that margin would add. It sums to 0 over '
            || 'the programme, and no filter moves it.'),
        case when profit_to_average > 0 then explained_lift('Profit to add', profit_to_average, 'money',
            'then nothing is left to it; more than the value itself, because the programme''s margin rises along')
            when value_at_stake > 0 and revenue <= 0 then explained_note('No revenue above 0, so no margin to reach.')
            when value_at_stake is not null then explained_note(
                'At or above the programme''s margin: the account gives this much more than that margin would.')
            else explained_note(
                'Empty: profit unknown, no margin of the programme, outside the filter, '
                    || 'or no longer in the programme.') end
        ], recursive := true)
    from money_lift
    union all from programme_base)

select part, label, value, kind, words, on_date, source from lines where part is not null
order by place, on_date desc nulls last, label, source;
