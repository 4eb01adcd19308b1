-- Why does this account have this score on this factor?
-- also explains: factor_gaps.code
-- also explains: score, freshness, confidence, assessed_on, factor_scores.index, factor_scores.code, scale_max

with lines as (
    select unnest([
        explained_value(code || ' ' || name, index, 'index', case freshness when 'missing' then 'never assessed'
            when 'expired' then 'expired, counts no more' else light || ', ' || freshness || ', confidence '
                || confidence end),
        explained_rule(coalesce(asks || '. ', '') || 'Index = 100 x score / ' || plain_number(scale_max)
            || '; red below ' || plain_number(red_below) || ', green from '
            || plain_number(green_from) || '. Fresh to ' || fresh_days || ' days, counted to ' || expire_days || '.'),
        case when valid_index is null then explained_lift('Assess it', null, 'text', 'then it counts again')
            when next_score is null then explained_note('The highest level.')
            else explained_lift('One level up, ' || plain_number(score) || ' to ' || plain_number(next_score),
                next_index, 'index', coalesce('the account index moves from '
                || plain_number(round(account_index, 1)) || ' to ' || plain_number(round(account_index + index_gain, 1))
                    || ' ('
                || format('{:+.1f}', round(index_gain, 1)) || ')',
                    'the account has no index: too few factors known')) end,
        case when levels_to_light > 1 then explained_further_lift(count_text(levels_to_light, 'level') || ' up, to '
            || plain_number(score + levels_to_light),
            index_of(score + levels_to_light, scale_max), 'index', 'then it is ' || next_light)
            when levels_to_light = 1 then explained_note('One level makes it ' || next_light || '.') end,
        explained_input(1, 'Score', score, 'number', 'of ' || plain_number(scale_max), assessed_on,
            at_row('assessment', source_row)),
        explained_input(2, 'Assessor', null, 'text', coalesce(assessor, 'unknown: ' || assessor_id, 'nobody named')),
        explained_input(3, 'Evidence', null, 'text', coalesce(nullif(trim(evidence), ''), 'none written')),
        case when note is not null then explained_input(4, 'Note', null, 'text', note) end,
        explained_input(5, 'Weight', weight, 'number', 'of ' || plain_number(known_weight) || ' known'),
        explained_input(6, 'Effect on the account index', effect, 'number', 'points of '
            || plain_number(round(account_index, 1))),
        explained_input(7, 'At the date compared with', previous_index, 'index'),
        explained_input(8, 'Evidence index', evidence_index, 'index', met || ' of ' || told || ' told are met'),
        explained_input(9, 'Claim', null, 'text', claim),
        case provenance when 'proposed' then explained_note('A proposed factor: not among those of the article.') end
        ], recursive := true)
    from cell_asked
    union all from indicator_lines)

select part, label, value, kind, words, on_date, source from lines where part is not null
order by place, on_date desc nulls last, label, source;
