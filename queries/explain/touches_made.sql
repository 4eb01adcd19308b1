-- Why has this leader made so many touches of those due?
-- also explains: touches_due, sides_on_time, sponsor_load.sides_unknown

with lines as (
    select unnest([
        case when q.measure = 'sides_on_time' then explained_value('Sides on time', l.sides_on_time, 'integer', 'of '
            || l.sides)
            else explained_value('Touches in twelve months', l.touches_made, 'integer', case when l.touches_made is null
                then 'no touch is known, '
                || l.touches_due || ' are due; ' || unjudged_text() else 'of ' || l.touches_due || ' due' end) end,
        explained_rule(
            'Made: done activities in the last twelve months on the sides assigned at the as-of date. Due: for each '
            || 'of those sides 365 divided by its cadence, at least one. A side is on time while it is covered.'),
        case when l.touches_made is null then null when l.touches_made < l.touches_due
            then explained_lift('Touches to make', l.touches_due - l.touches_made, 'integer',
            'then all that are due are made')
            else explained_note('All that are due are made.') end
        ], recursive := true)
    from leader_load() l join asked q on l.person_id = q.item
    union all
    select unnest([explained_input(1, a.name || ', ' || side_text(g.side), case when (select touch from has_rows)
        then count(v.activity_id) end, 'integer', case when (select touch from has_rows) then 'made of '
        else 'unknown of ' end || greatest(365 // s.cadence_days, 1) || ' due, every ' || s.cadence_days || ' days'
        || coalesce(', ' || status_text(s.status), ''),
        max(v.occurred_on), at_rows('activity', v.source_row))], recursive := true)
    from assigned g join asked q on g.person_id = q.item join programme_selection n on n.account_id = g.account_id
        join account a on a.account_id = g.account_id
    join account_side s on s.account_id = g.account_id and s.side = g.side cross join context c
    left join done_activity v on v.account_id = g.account_id and v.side = g.side and v.person_id = g.person_id
        and v.touch and (select touch from has_rows) and v.occurred_on > months_later(c.as_of, -12)
    group by g.account_id, a.name, g.side, s.cadence_days, s.status)

select part, label, value, kind, words, on_date, source from lines where part is not null
order by place, on_date desc nulls last, label, source;
