-- Why does this account have this score on this factor?
-- also explains: factor_gaps.code
-- also explains: score, freshness, confidence, assessed_on, factor_scores.index, factor_scores.code, scale_max
-- needs model/further/why.sql
-- needs model/further/indicator_rows.sql
-- needs model/further/lifts_scores.sql

with lines as (
    select unnest([
        shown(code || ' ' || name, index, 'index', case freshness when 'missing' then 'never assessed'
            when 'expired' then 'expired, counts no more' else light || ', ' || freshness || ', confidence ' || confidence end),
        ruled(coalesce(asks || '. ', '') || 'Index = 100 x score / ' || plain(scale_max) || '; red below ' || plain(red_below) || ', green from '
            || plain(green_from) || '. Fresh to ' || fresh_days || ' days, counted to ' || expire_days || '.'),
        case when valid_index is null then lifted('Assess it', null, 'text', 'then it counts again')
            when next_score is null then noted('The highest level.')
            else lifted('One level up, ' || plain(score) || ' to ' || plain(next_score), next_index, 'index', coalesce('the account index moves from '
                || plain(round(account_index, 1)) || ' to ' || plain(round(account_index + index_gain, 1)) || ' ('
                || format('{:+.1f}', round(index_gain, 1)) || ')', 'the account has no index: too few factors known')) end,
        case when levels_to_light > 1 then lifted_further(count_text(levels_to_light, 'level') || ' up, to ' || plain(score + levels_to_light),
            index_of(score + levels_to_light, scale_max), 'index', 'then it is ' || next_light)
            when levels_to_light = 1 then noted('One level makes it ' || next_light || '.') end,
        given(1, 'Score', score, 'number', 'of ' || plain(scale_max), assessed_on, at_row('assessment', source_row)),
        given(2, 'Assessor', null, 'text', coalesce(assessor, 'unknown: ' || assessor_id, 'nobody named')),
        given(3, 'Evidence', null, 'text', coalesce(nullif(trim(evidence), ''), 'none written')),
        case when note is not null then given(4, 'Note', null, 'text', note) end,
        given(5, 'Weight', weight, 'number', 'of ' || plain(known_weight) || ' known'),
        given(6, 'Effect on the account index', effect, 'number', 'points of ' || plain(round(account_index, 1))),
        given(7, 'At the date compared with', previous_index, 'index'),
        given(8, 'Evidence index', evidence_index, 'index', met || ' of ' || told || ' told are met'),
        given(9, 'Claim', null, 'text', claim),
        case provenance when 'proposed' then noted('A proposed factor: not among those of the article.') end
        ], recursive := true)
    from cell_asked
    union all from indicator_lines)

select part, label, value, kind, words, on_date, source from lines where part is not null
order by place, on_date desc nulls last, label, source;
