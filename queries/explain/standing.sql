-- How does this leader stand on this account?

with lines as (
    select unnest([
        explained_value(p.name, h.accounts, 'integer', coalesce(s.words, 'does not stand on this account')),
        explained_rule(
            'Covered: assigned, and a done activity on that side within the cadence. Silent: longer ago. New: just '
            || 'assigned. The number is the accounts carried.'),
        case when s.words is null then explained_lift('Assign ' || p.name, null, 'text',
            'to a side of this account, then a touch is due') end
        ], recursive := true)
    from asked q join person p on p.person_id = q.item
    cross join (select count(distinct g.account_id) as accounts from assigned g join (select item from asked) x
        on g.person_id = x.item) h
    left join (select g.account_id, g.person_id,
        string_agg(side_text(g.side) || ' ' || status_text(g.status)
        || coalesce(', touched ' || g.days_since_touch || ' days ago',
        ', never touched')
        || ', due every ' || g.cadence_days, '; ' order by g.side desc) as words from sponsor_standing() g
            group by g.account_id, g.person_id) s
        on s.account_id = q.account_id and s.person_id = q.item
    union all
    select unnest([explained_input(1, heading_text(side_text(m.side)), null, 'text', case
        when m.end_on is null then 'assigned, no end'
        when m.end_on <= c.as_of then 'ended ' || day_text(m.end_on) else 'until ' || day_text(m.end_on) end,
            m.start_on, at_row('sponsorship', m.source_row))], recursive := true)
    from asked q join sponsorship m on m.account_id = q.account_id and m.person_id = q.item cross join context c
        where m.start_on <= c.as_of
    union all
    (select unnest([explained_input(2, 'Touch: ' || v.label, c.as_of - v.occurred_on, 'integer', 'days ago, '
        || side_text(v.side), v.occurred_on,
        at_row('activity', v.source_row))], recursive := true)
    from asked q join done_activity v on v.account_id = q.account_id and v.person_id = q.item cross join context c
        order by v.occurred_on desc, v.source_row limit 5))

select part, label, value, kind, words, on_date, source from lines where part is not null
order by place, on_date desc nulls last, label, source;
