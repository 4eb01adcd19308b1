-- Which sides stand without a live sponsor, since which first day without cover, and why? `since` null: nobody ever
-- stood there, or has left since.

create macro side_gap() as table
with gone as (
    select s.account_id, s.side, p.name, p.active, case when s.end_on <= c.as_of then s.end_on end as ended_on
    from sponsorship s join person p using (person_id), context c
    where s.start_on <= c.as_of and (not p.active or s.end_on <= c.as_of)),
-- who has left with the side in his name left on a day that nobody knows; else the one who ended last counts
past as (
    select account_id, side, any_value(ended_on) as ended_on,
        string_agg(distinct name, '; ' order by name) filter (not active) as left_names
    from (from gone qualify rank() over (partition by account_id, side order by ended_on desc nulls first) = 1)
        group by account_id, side)
select
    s.*,
    case when s.status = 'stale' and s.last_touch_on is not null then s.last_touch_on + s.cadence_days + 1
        when s.status = 'stale' then s.start_on + r.new_days + 1 else p.ended_on end as since,
    case when s.status = 'stale' and s.last_touch_on is not null
            then 'last touch ' || s.days_since_touch || ' days ago, due every ' || s.cadence_days
        when s.status = 'stale' then 'assigned since ' || day_text(s.start_on) || ', never touched'
        when p.left_names is not null then 'sponsor left: ' || p.left_names
        when p.ended_on is not null then 'assignment ended' else 'never had one' end as why
from account_side s cross join rule r left join past p using (account_id, side)
where s.status in ('uncovered', 'stale');
