-- Who stands behind each account, on which side, and when did they last show up?

create macro coverage_of(internal, external) as
    case (internal = 'covered')::integer + (external = 'covered')::integer when 2 then 'full' when 1 then 'partial' else 'none' end;

-- of a side, or of one sponsor on it: its last touch against its cadence, or the days it waits for a first one
create macro status_of(sponsors, days_since_touch, cadence_days, days_assigned, new_days) as
    case when coalesce(sponsors, 0) = 0 then 'uncovered'
        when days_since_touch is null then case when days_assigned <= new_days then 'new' else 'stale' end
        when days_since_touch <= cadence_days then 'covered' else 'stale' end;

-- the done touches of each person on each side of an account, until `day`: the last one, and how many in twelve months;
-- assigned or not
create macro touched_at(day) as table
with chosen_day as (select day as seen_on)
select account_id, side, person_id, max(occurred_on) as last_touch_on,
    count(*) filter (occurred_on > months_later(seen_on, -12)) as touches_in_year
from activity cross join chosen_day where status = 'done' and occurred_on <= seen_on group by account_id, side, person_id;

create table last_touch as from touched_at((select as_of from context));

-- one row per account, side and person assigned on `day`; several assignments of one person count once
create macro assigned_at(day) as table
with chosen_day as (select day as seen_on)
select
    s.account_id, s.side, s.person_id, any_value(p.name) as name, min(s.start_on) as start_on,
    min(coalesce(s.cadence_days, r.cadence_of_tier[a.tier])) as cadence_days,
    case when count(s.end_on) = count(*) then max(s.end_on) end as end_on
from sponsorship s
join person p on p.person_id = s.person_id and p.active
join account a on a.account_id = s.account_id
cross join rule r cross join chosen_day
where s.start_on <= seen_on and (s.end_on is null or s.end_on > seen_on)
group by s.account_id, s.side, s.person_id;

-- both sides of every account on `day`, given the name of the table or view of those assigned then
create macro sides_on(day, given) as table
with chosen_day as (select day as seen_on),
backed as (
    select account_id, side, count(*) as sponsors, list_sort(list({start_on: start_on, name: name, person_id: person_id})) as people, min(start_on) as start_on, max(last_touch_on) as last_touch_on,
        min(cadence_days) as cadence_days, max(coalesce(end_on, 'infinity'::date)) as ends_on
    from query_table(given) group by account_id, side)
select
    a.account_id, side.side, array_to_string(list_transform(b.people, lambda x: x.name), '; ') as sponsor, b.last_touch_on, seen_on - b.last_touch_on as days_since_touch,
    coalesce(b.cadence_days, r.cadence_of_tier[a.tier]) as cadence_days, b.start_on,
    status_of(b.sponsors, seen_on - b.last_touch_on, b.cadence_days, seen_on - b.start_on, r.new_days) as status,
    coalesce(b.sponsors = 1 and b.ends_on <= seen_on + r.orphan_days, false) as orphan_risk,
    case when orphan_risk then b.ends_on end as orphan_on
from account a
cross join (values ('internal'), ('external')) side (side)
cross join rule r cross join chosen_day
left join backed b on b.account_id = a.account_id and b.side = side.side;
