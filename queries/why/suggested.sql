-- Why is this leader suggested for the open side?
-- also explains: suggested_because
-- needs model/further/leaders.sql
-- needs model/further/why.sql

with lines as (
    select unnest([
        shown('Suggested', null, 'text', coalesce(u.suggested, 'nobody suitable')),
        ruled('An active leader of level 4 or 5 with fewer than ' || r.load_warn || ' accounts: who met the account and knows its region first, then the least load, '
            || 'the higher level. Never the manager, nor the manager''s own boss, nor who already stands there.'),
        case when u.suggested is null then noted('Nobody suitable is a valid answer: every leader is full, the manager or the boss.') end,
        case when g.account_id is null then noted('This side is not a gap: nobody is suggested.') end,
        given(1, 'Because', null, 'text', u.suggested_because),
        given(2, 'The gap', null, 'text', g.status || ': ' || g.why, g.since)
        ], recursive := true)
    from asked q cross join rule r left join side_gap g on g.account_id = q.account_id and g.side = q.item
    left join sponsor_suggestion u on u.account_id = q.account_id and u.side = q.item
    union all
    select unnest([given(3, p.name, count(distinct g.account_id), 'integer', 'accounts, level ' || p.level || coalesce(', ' || p.function, ''), null,
        at_row('person', p.source_row))], recursive := true)
    from asked q join sponsor_suggestion u on u.account_id = q.account_id and u.side = q.item join person p on p.name = u.suggested
    left join assigned g on g.person_id = p.person_id group by p.person_id, p.name, p.level, p.function, p.source_row)

select part, label, value, kind, words, on_date, source from lines where part is not null
order by place, on_date desc nulls last, label, source;
