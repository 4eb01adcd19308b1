-- Why is this side of the account covered, or not?
-- also explains: internal_sponsor, external_sponsor, internal_days_since_touch, external_days_since_touch
-- also explains: sponsorship_matrix.status, sponsorship_matrix.leader, internal_status, external_status
-- also explains: sponsorship_coverage.status, sponsorship_gaps.status, side, last_touch_on
-- also explains: days_since_touch, cadence_days, sponsor, since, sponsorship_gaps.why, internal, external
-- also explains: touches_due.due_on, touches_due.days_left

with lines as (
    select unnest([
        explained_value(heading_text(side_text(side)), null, 'text',
            coalesce(status_text(status) || coalesce(': ' || sponsor, ''), unjudged_text())),
        explained_rule('Covered: an active person is assigned and touched this side within ' || cadence_days
            || ' days. Silent: assigned, the last touch older, '
            || 'or none for more than ' || new_days || ' days. New: assigned at most ' || new_days
            || ' days ago, untouched. Open: nobody. Only done activities by assigned sponsors count, of a kind '
            || 'that is a touch; '
            || 'a renewal by the same person is not new.'),
        case when status = 'covered' then explained_note('Stays covered until '
            || day_text(last_touch_on + cadence_days) || ' without another touch.') end,
        case when orphan_risk then explained_note('The only sponsor ends ' || day_text(orphan_on) || ', within '
            || orphan_days || ' days.') end,
        case when not known then explained_note('This file holds no sponsorship: nobody can be covered.') end
        ], recursive := true)
    from side_asked
    union all from side_lift union all from side_lines)

select part, label, value, kind, words, on_date, source from lines where part is not null
order by place, on_date desc nulls last, label, source;
