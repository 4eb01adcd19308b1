-- Which sides stand without a live sponsor, since when, and why? `since` null: nobody ever stood there.

create view side_gap as
with past as (
    select s.account_id, s.side, max(s.end_on) filter (s.end_on <= c.as_of) as ended_on,
        string_agg(distinct p.name, '; ' order by p.name) filter (not p.active) as left_names
    from sponsorship s join person p using (person_id), context c
    where s.start_on <= c.as_of and (not p.active or s.end_on <= c.as_of) group by s.account_id, s.side)
select
    s.*,
    case when s.status = 'stale' and s.last_touch_on is not null then s.last_touch_on + s.cadence_days
        when s.status = 'stale' then s.start_on + r.new_days else p.ended_on end as since,
    case when s.status = 'stale' and s.last_touch_on is not null
            then 'last touch ' || s.days_since_touch || ' days ago, due every ' || s.cadence_days
        when s.status = 'stale' then 'assigned since ' || day_text(s.start_on) || ', never touched'
        when p.left_names is not null then 'sponsor left: ' || p.left_names
        when p.ended_on is not null then 'assignment ended' else 'never had one' end as why
from side s cross join rule r left join past p using (account_id, side)
where s.status in ('uncovered', 'stale');
