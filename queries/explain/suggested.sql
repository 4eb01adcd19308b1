-- Why is this leader suggested for the open side?
-- also explains: suggested_because, sponsorship_proposal.person, sponsorship_proposal.because
-- also explains: sponsorship_proposal.covered_from
-- also explains: sponsorship_proposal.replaces, sponsorship_proposal.person_id

with lines as (
    select unnest([
        explained_value('Suggested', null, 'text', coalesce(u.suggested, 'nobody left')),
        explained_rule(
            'One proposal for all gaps of the programme, by revenue: an active leader of level 4 or 5 who is '
            || 'independent and carries fewer than '
            || r.load_warn
                || ' accounts with what is proposed before. First who matches in level, then same region, met before, '
                || 'fewest accounts. '
            || 'Never the manager, nor the manager''s own boss, nor from sales, nor who stands on either side of the '
            || 'account, or stood on this one a day ago.'),
        case when u.suggested is null then explained_note(
            'Nobody is left: every leader is full by then, not independent, or stands there already.') end,
        case when u.suggested is not null and u.status = 'stale'
            then explained_note('Replaces ' || u.sponsor || '.') end,
        case when u.account_id is null then explained_note('This side is not a gap: nobody is suggested.') end,
        case when u.suggested is not null then explained_lift('Assign ' || u.suggested || ' '
            || side_text(q.item), null, 'text',
            'then the side is new for ' || r.new_days || ' days, covered from the first touch on') end,
        case when u.suggested is not null then explained_input(1.1, 'Level match', null, 'text', case when u.level_match
            then 'yes' else 'no' end
            || ', the highest active contact is level ' || coalesce(t.level::varchar, 'unknown')) end,
        case when u.suggested is not null then explained_input(1.2, 'Same region', null, 'text', case when u.same_region
            then 'yes' else 'no' end) end,
        case when u.suggested is not null then explained_input(1.3, 'Met before', null, 'text', case when u.met_before
            then 'yes' else 'no' end) end,
        explained_input(2, 'The gap', null, 'text', status_text(u.status) || ': ' || u.why, u.since)
        ], recursive := true)
    from asked q cross join rule r left join sponsor_suggestion u on u.account_id = q.account_id and u.side = q.item
    left join top_contact t on t.account_id = q.account_id
    union all
    select unnest([explained_input(3, p.name, u.carries, 'integer', 'accounts carried by then, level ' || p.level
        || coalesce(', ' || p.function, ''), null,
        at_row('person', p.source_row))], recursive := true)
    from asked q join sponsor_suggestion u on u.account_id = q.account_id and u.side = q.item join person p
        on p.person_id = u.suggested_id)

select part, label, value, kind, words, on_date, source from lines where part is not null
order by place, on_date desc nulls last, label, source;
