-- Why is the evidence for this score so strong or weak?
-- needs model/further/why.sql
-- needs model/further/indicator_rows.sql
-- needs model/further/lifts_scores.sql

with lines as (
    select unnest([
        shown(code || ' evidence index', evidence_index, 'index', met || ' met of ' || told || ' told, ' || indicators - told || ' unknown'),
        ruled('100 x indicators met / (met + not met); what is unknown does not count.'),
        case when met < told then lifted('One more indicator met', 100.0 * (met + 1) / told, 'index', 'of those not met below')
            when told > 0 then noted('All that can be told are met.') else noted('No indicator can be told from the facts of this file.') end
        ], recursive := true)
    from cell_asked
    union all from indicator_lines)

select part, label, value, kind, words, on_date, source from lines where part is not null
order by place, on_date desc nulls last, label, source;
