-- Why is this score a claim, or a fact?
-- also explains: overclaimed, underclaimed
-- needs model/further/why.sql
-- needs model/further/indicator_rows.sql
-- needs model/further/lifts_scores.sql

with lines as (
    select unnest([
        shown(code || ' claim', null, 'text', claim),
        ruled('Overclaimed: green (from ' || plain(green_from) || ') with an evidence index under ' || plain(red_below)
            || '. Underclaimed: red (under ' || plain(red_below) || ') with evidence from ' || plain(green_from) || '. Unknown without either, and under '
            || (select claim_facts from rule) || ' known indicators.'),
        case claim when 'overclaimed' then lifted('Indicators to meet', indicators_to_support, 'integer', 'then the evidence supports the score')
            when 'underclaimed' then lifted(count_text(levels_to_light, 'level') || ' up, to ' || plain(score + levels_to_light),
                index_of(score + levels_to_light, scale_max), 'index', 'then the score says what the facts say')
            when 'unknown' then lifted(case when valid_index is null then 'Assess it' else 'Fill the facts behind the indicators' end, null, 'text',
                'then score and facts can be compared') else noted('Score and facts agree.') end,
        given(1, 'Score index', valid_index, 'index', light, assessed_on, at_row('assessment', source_row)),
        given(2, 'Evidence index', evidence_index, 'index', met || ' of ' || told || ' told are met')
        ], recursive := true)
    from cell_asked
    union all from indicator_lines)

select part, label, value, kind, words, on_date, source from lines where part is not null
order by place, on_date desc nulls last, label, source;
