-- Why is this account covered in full, in part or not at all?
-- also explains: double_sponsor

with lines as (
    select unnest([
        case measure when 'double_sponsor' then explained_value('By two independent people', null, 'text',
                case double_sponsor when true then 'yes' when false then 'no' else unjudged_text() end)
            else explained_value('Coverage', null, 'text', coalesce(coverage, unjudged_text())) end,
        case measure when 'double_sponsor' then explained_rule(
            'Both sides covered by two different people, one on each side, each in touch '
                || 'within the side''s cadence: neither the account''s manager, nor that manager''s boss, nor from '
                || 'sales.')
            else explained_rule(
                'Full: both sides are covered, inside and at customer. Partial: one of them. None: neither. A '
                || 'new or silent side is not covered.') end,
        case when coverage = 'full' then explained_note('Both sides are covered, ' || case when double_sponsor
            then 'by two independent people.' else 'but not by two independent people.' end) end
        ], recursive := true)
    from account_coverage join asked using (account_id)
    union all
    (select unnest([explained_lift(case when s.status = 'uncovered' then 'Assign a leader ' || side_text(s.side)
        || ', and a touch'
            else 'A touch ' || side_text(s.side) || ' by ' || s.sponsor end, null, 'date', 'on '
                || day_text(c.as_of - s.cadence_days)
            || ' or later: ' || case g.coverage when 'none' then 'partial' else 'full' end, c.as_of - s.cadence_days)],
                recursive := true)
    from account_side s join asked using (account_id) join account_coverage g using (account_id) cross join context c
    where s.status <> 'covered' order by s.status = 'uncovered', s.side desc limit 1)
    union all
    select unnest([explained_input(1, heading_text(side_text(side)), days_since_touch, 'integer',
        coalesce(status_text(status), 'not judged') || ', ' || coalesce(sponsor, 'nobody')
        || case when last_touch_on is null then ', never touched' else ', days since the last touch' end
            || ', due every ' || cadence_days,
        start_on, (select at_rows('sponsorship', m.source_row) from sponsorship m cross join context c
            where m.account_id = s.account_id
            and m.side = s.side and m.start_on <= c.as_of and (m.end_on is null or m.end_on > c.as_of)))],
                recursive := true)
    from account_side s join asked using (account_id))

select part, label, value, kind, words, on_date, source from lines where part is not null
order by place, on_date desc nulls last, label, source;
