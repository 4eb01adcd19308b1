-- Why is this score a claim, or a fact?
-- also explains: overclaimed, underclaimed

with lines as (
    select unnest([
        explained_value(code || ' claim', null, 'text', claim),
        explained_rule('Overclaimed: green (from ' || plain_number(green_from) || ') with an evidence index under '
            || plain_number(red_below)
            || '. Underclaimed: red (under ' || plain_number(red_below) || ') with evidence from '
                || plain_number(green_from) || '. Unknown without either, and under '
            || (select claim_facts from rule) || ' known indicators.'),
        case claim when 'overclaimed' then explained_lift('Indicators to meet', indicators_to_support, 'integer',
            'then the evidence supports the score')
            when 'underclaimed' then explained_lift(count_text(levels_to_light, 'level') || ' up, to '
                || plain_number(score + levels_to_light),
                index_of(score + levels_to_light, scale_max), 'index', 'then the score says what the facts say')
            when 'unknown' then explained_lift(case when valid_index is null then 'Assess it'
                else 'Fill the facts behind the indicators' end, null, 'text',
                'then score and facts can be compared') else explained_note('Score and facts agree.') end,
        explained_input(1, 'Score index', valid_index, 'index', light, assessed_on, at_row('assessment', source_row)),
        explained_input(2, 'Evidence index', evidence_index, 'index', met || ' of ' || told || ' told are met')
        ], recursive := true)
    from cell_asked
    union all from indicator_lines)

select part, label, value, kind, words, on_date, source from lines where part is not null
order by place, on_date desc nulls last, label, source;
