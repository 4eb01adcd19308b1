-- What is the smallest change that lifts the cover of a side or the contacts of an account by one step?

-- the side asked about; `from_day`: the first day on which a touch makes it covered at as_of
create view side_asked as
select s.*, c.as_of, c.as_of - s.cadence_days as from_day, r.new_days, r.orphan_days, a.tier,
    has_rows.sponsorship as known
from asked q join account_side s on s.account_id = q.account_id
    and s.side = case when starts_with(q.measure, 'internal') then 'internal' when starts_with(q.measure, 'external')
        then 'external' else q.item end
join account a on a.account_id = s.account_id cross join context c cross join rule r cross join has_rows;

-- touches of that side by people who are active but not assigned to it, recent enough to cover it at once
create view ad_hoc_touch as
select v.person_id, p.name, v.label, v.occurred_on, v.source_row
from side_asked s join done_activity v on v.account_id = s.account_id and v.side = s.side
    and v.occurred_on >= s.from_day
    and v.touch and (select touch from has_rows)
join person p on p.person_id = v.person_id and p.active
where not exists (from assigned g where g.account_id = s.account_id and g.side = s.side and g.person_id = v.person_id)
qualify row_number() over (partition by v.person_id order by v.occurred_on desc, v.source_row) = 1;

-- who stands or stood on that side, their last touch, and the cadence
create view side_lines as
select unnest([explained_input(1, 'Sponsor ' || p.name, coalesce(m.cadence_days, s.cadence_days), 'integer', case
    when not p.active then 'has left'
        when m.end_on <= s.as_of then 'ended ' || day_text(m.end_on) else 'assigned'
            || coalesce(', until ' || day_text(m.end_on), '')
        || ', a touch every ' || coalesce(m.cadence_days, s.cadence_days) || ' days' end, m.start_on,
            at_row('sponsorship', m.source_row))], recursive := true)
from side_asked s join sponsorship m on m.account_id = s.account_id and m.side = s.side and m.start_on <= s.as_of
join person p using (person_id)
union all
select unnest([explained_input(2, 'Last touch, ' || p.name, s.as_of - v.occurred_on, 'integer', 'days ago: ' || v.label,
    v.occurred_on, at_row('activity', v.source_row))], recursive := true)
from (select v.*, row_number() over (partition by v.person_id order by v.occurred_on desc, v.source_row) as place
    from side_asked s join assigned g using (account_id, side) join done_activity v using (account_id, side, person_id)
    where v.touch and (select touch from has_rows)) v
join side_asked s using (account_id) join person p on p.person_id = v.person_id where v.place = 1
union all
select unnest([explained_input(3, 'Not assigned, ' || name, as_of - occurred_on, 'integer', 'days ago: ' || label
    || ', ad hoc',
    occurred_on, at_row('activity', source_row))], recursive := true) from ad_hoc_touch cross join context
union all
select unnest([explained_input(4, 'Cadence of tier ' || tier, cadence_of_tier[tier], 'integer',
    'days, setting cadence_tier_' || tier)], recursive := true)
from side_asked cross join rule;

-- what covers the side: a touch, or an assignment first
create view side_lift as
with ready as (from ad_hoc_touch order by occurred_on desc, person_id limit 1)
select unnest([
    case when s.status = 'uncovered' and y.name is not null then explained_lift('Assign ' || y.name, null, 'text',
            'covered at once by the touch of ' || day_text(y.occurred_on), y.occurred_on)
        when s.status = 'uncovered' then explained_lift('Assign an active leader', null, 'text', 'new for '
            || s.new_days || ' days, then a touch is due', s.as_of) end,
    case when s.status in ('stale', 'new') or s.status is null and s.sponsor is not null
        then explained_lift('A touch by ' || s.sponsor, null, 'date', 'done ' || side_text(s.side)
            || ' on ' || day_text(s.from_day) || ' or later: covered', s.from_day)
        when s.status = 'uncovered' and y.name is null
            then explained_further_lift('and a touch by them', null, 'date', 'done ' || side_text(s.side)
            || ' on ' || day_text(s.from_day) || ' or later: covered', s.from_day) end
    ], recursive := true)
from side_asked s left join ready y on true;
