-- Why has this score moved since the review?
-- also explains: levels_moved, factor_scores.previous_index

with earlier as (
    select s.factor_id, s.index, s.score, s.assessed_on, s.freshness, a.source_row
    from score_at((select since from context)) s join asked using (account_id)
        join assessment a using (account_id, factor_id, assessed_on)),
lines as (
    select unnest([
        case when q.measure = 'previous_index' then explained_value(n.code || ' index at ' || day_text(c.since),
            n.previous_index, 'index', coalesce(light_of(n.previous_index,
                r.red_below, r.green_from), 'unknown'))
            else explained_value(n.code || ' change', n.change, 'number', 'points against ' || c.since_label) end,
        explained_rule('Index at ' || day_text(c.as_of) || ' less index at ' || day_text(c.since)
            || '; only where both scores are valid at their date. Under '
            || plain_number(r.flat_points) || ' points an account''s move is flat.'),
        case when n.change is null then explained_note(
            'No move: a score is missing or expired at one of the two dates.') end,
        case when n.valid_index is not null and n.next_score is not null
            then explained_lift('One level up at the next assessment', n.next_index - n.previous_index, 'number',
            'then the change is ' || format('{:+.0f}', n.next_index - n.previous_index)) end,
        explained_input(1, 'Index now', n.valid_index, 'index', 'score ' || plain_number(n.score) || ', '
            || n.freshness, n.assessed_on, at_row('assessment', n.source_row)),
        explained_input(2, 'Index then', n.previous_index, 'index', 'score ' || plain_number(e.score) || ', '
            || e.freshness, e.assessed_on, at_row('assessment', e.source_row))
        ], recursive := true)
    from cell_asked n cross join (select measure from asked) q left join earlier e using (factor_id) cross
        join context c cross join rule r)

select part, label, value, kind, words, on_date, source from lines where part is not null
order by place, on_date desc nulls last, label, source;
