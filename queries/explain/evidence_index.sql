-- Why is the evidence for this score so strong or weak?

with lines as (
    select unnest([
        explained_value(code || ' evidence index', evidence_index, 'index', met || ' met of ' || told || ' told, '
            || indicators - told || ' unknown'),
        explained_rule('100 x indicators met / (met + not met); what is unknown does not count.'),
        case when met < told then explained_lift('One more indicator met', 100.0 * (met + 1) / told, 'index',
            'of those not met below')
            when told > 0 then explained_note('All that can be told are met.')
                else explained_note('No indicator can be told from the facts of this file.') end
        ], recursive := true)
    from cell_asked
    union all from indicator_lines)

select part, label, value, kind, words, on_date, source from lines where part is not null
order by place, on_date desc nulls last, label, source;
