-- Why did this account see this mechanism of sponsorship, or not?
-- also explains: negotiation_planned_on, negotiation_held_on, negotiation_exposed, executive_sponsor
-- also explains: investment_committee, success_evidence, recognition, year_end_negotiation, negotiation_ahead
-- also explains: sponsorship_mechanisms.advisory_board

with found as (
    select q.measure, case q.measure when 'executive_sponsor' then s.executive_sponsor when 'investment_committee'
        then s.investment_committee
        when 'success_evidence' then s.success_evidence when 'recognition' then s.recognition
            when 'year_end_negotiation' then s.year_end_negotiation
        when 'negotiation_planned_on' then s.negotiation_planned_on is not null when 'negotiation_held_on'
            then s.negotiation_held_on is not null
        when 'negotiation_exposed' then s.negotiation_exposed when 'negotiation_ahead' then s.negotiation_ahead
        else s.advisory_board end as seen, months_later(c.as_of, -12) as after_day, c.as_of
    from asked q join panel_sponsorship_mechanisms s using (account_id) cross join context c),
lines as (
    select unnest([
        explained_value(upper(measure[1]) || replace(measure[2:], '_', ' '), null, 'text', case when seen then 'yes'
            when seen = false then 'no'
            when measure = 'executive_sponsor' then 'cannot be told: no sponsorships' when not has_rows.activity
                then 'cannot be told: no activities' else 'none held' end),
        explained_rule(case measure when 'executive_sponsor' then 'Somebody active is assigned inside.'
            when 'year_end_negotiation'
                then 'A leader was present at a year-end negotiation done in the last twelve months: level 5 or an '
                || 'assigned sponsor, not the manager.'
            when 'negotiation_planned_on' then 'The next year-end negotiation that is planned after as-of.'
            when 'negotiation_held_on' then 'The last year-end negotiation done in the last twelve months.'
            when 'negotiation_ahead' then 'One is planned, or it is the last quarter of the year and none was held in '
                || 'it yet.'
            when 'negotiation_exposed' then 'Before a year-end negotiation, the side at customer is open or silent, '
                || 'and no planned one names a leader.'
            else 'A done activity of a kind with this mechanism in the last twelve months.' end),
        case when not coalesce(seen, false) and measure not like 'negotiation%'
            and case measure when 'executive_sponsor' then has_rows.sponsorship else has_rows.activity end
            then case measure when 'executive_sponsor'
            then explained_lift('Assign an active leader', null, 'text', 'inside')
            else explained_lift('One done activity of this kind', null, 'date', 'after ' || day_text(after_day)
                || case measure
                when 'year_end_negotiation' then ', a leader present' else '' end, after_day + 1) end end
        ], recursive := true)
    from found cross join has_rows
    union all
    select unnest([explained_input(1, v.label, null, 'text', coalesce(p.name, 'nobody named') || ', '
        || side_text(v.side), v.occurred_on,
        at_row('activity', v.source_row))], recursive := true)
    from found f cross join asked q join done_activity v on v.account_id = q.account_id and v.occurred_on > f.after_day
        and v.mechanism = f.measure
    left join person p on p.person_id = v.person_id
    union all
    select unnest([explained_input(1, p.name, null, 'text', 'sponsor inside', m.start_on,
        at_row('sponsorship', m.source_row))], recursive := true)
    from found f join asked q on f.measure = 'executive_sponsor' join assigned g on g.account_id = q.account_id
        and g.side = 'internal'
    join sponsorship m on m.account_id = g.account_id and m.side = g.side and m.person_id = g.person_id
        and m.start_on <= f.as_of
        and (m.end_on is null or m.end_on > f.as_of) join person p on p.person_id = g.person_id)

select part, label, value, kind, words, on_date, source from lines where part is not null
order by place, on_date desc nulls last, label, source;
