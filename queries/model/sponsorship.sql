-- Who stands behind each account, on which side, and when did they last show up?
-- Over 80 lines because the terms of sponsorship stand beside each other: the file, a what-if and the review read them.

-- null where the status of a side is
create macro coverage_of(internal, external) as
    case (internal = 'covered')::integer + (external = 'covered')::integer when 2 then 'full' when 1 then 'partial'
        when 0 then 'none' end;

-- neither side covered or new; null where the status of a side is
create macro no_live_sponsor_of(internal, external) as
    case when internal is not null and external is not null
        then internal not in ('covered', 'new') and external not in ('covered', 'new') end;

-- of a side, or of one sponsor on it: its last touch against its cadence, or the days it waits for a first one.
-- `told`: some assigned sponsor of the file has a touch; without, silence is not known from absence
create macro status_of(sponsors, days_since_touch, cadence_days, days_assigned, new_days, told) as
    case when coalesce(sponsors, 0) = 0 then 'uncovered'
        when days_since_touch is null then case when days_assigned <= new_days then 'new' when told then 'stale' end
        when days_since_touch <= cadence_days then 'covered' else 'stale' end;

-- a touch of that side: done until as-of, of a kind that is one, in a file whose activities name known people
create macro is_touch(kind) as kind in (select k.kind from activity_kind k where k.touch)
    and (select touch from has_rows);

-- why the cover of an assigned side cannot be told, where its status is empty
create macro unjudged_text() as (select case when not has_rows.activity then 'cannot be judged: no activities'
    when not has_rows.touch then 'cannot be judged: ' || share_text(has_rows.named_share)
        || ' of the activities name a known person'
    else 'cannot be judged: no sponsor has a touch' end from has_rows);

-- the touches of each person on each side of an account, until `day`: the last one, and how many in twelve months;
-- assigned or not
create macro touched_at(day) as table
with chosen_day as (select day as seen_on)
select account_id, side, person_id, max(occurred_on) as last_touch_on,
    count(*) filter (occurred_on > months_later(seen_on, -12)) as touches_in_year
from activity cross join chosen_day
where status = 'done' and occurred_on <= seen_on and is_touch(kind) group by account_id, side, person_id;

create table last_touch as from touched_at((select as_of from context));
comment on table last_touch is
    'done touches of each person on each side of an account, assigned or not: the last, and how many in a year';

-- every assignment with the first day of its chain: a renewal by the same person, at most one day later, is not new
create macro assignment_chain() as table
with placed as (
    select account_id, side, person_id, start_on, end_on, cadence_days,
        max(coalesce(end_on, 'infinity'::date)) over (partition by account_id, side, person_id
            order by start_on, end_on rows between unbounded preceding and 1 preceding) as held_until
    from sponsorship),
opened as (
    select *, case when held_until is null or held_until < start_on - 1 then start_on end as opened_on
    from placed)
select * exclude (opened_on, held_until), max(opened_on) over (partition by account_id, side, person_id
    order by start_on, end_on rows between unbounded preceding and current row) as first_on
from opened;

-- one row per account of the programme, side and person assigned on `day`; several assignments of one person count once
create macro assigned_at(day) as table
with chosen_day as (select day as seen_on)
select
    s.account_id, s.side, s.person_id, any_value(p.name) as name, min(s.first_on) as start_on,
    min(coalesce(s.cadence_days, r.cadence_of_tier[a.tier])) as cadence_days,
    case when count(s.end_on) = count(*) then max(s.end_on) end as end_on
from assignment_chain() s
join person p on p.person_id = s.person_id and p.active
join account a on a.account_id = s.account_id
cross join rule r cross join chosen_day
where s.start_on <= seen_on and (s.end_on is null or s.end_on > seen_on) and a.status <> 'exited'
group by s.account_id, s.side, s.person_id;

-- neither the manager, nor his line manager, nor of a function of sales (setting sales_functions)
create macro is_of_sales(function) as list_contains((select sales_functions from rule), lower(trim(function)));
create macro is_independent(person, function, manager, boss) as
    person is distinct from manager and person is distinct from boss and not coalesce(is_of_sales(function), false);

-- both sides of every account on `day`, given the name of the table or view of those assigned then; nothing is known of
-- a file without sponsorships, and an account that left the programme has no sides
create macro sides_on(day, given) as table
with chosen_day as (select day as seen_on),
backed as (
    select account_id, side, count(*) as sponsors,
        list_sort(list({start_on: start_on, name: name, person_id: person_id})) as people,
        min(start_on) as start_on, max(last_touch_on) as last_touch_on, min(cadence_days) as cadence_days,
        max(coalesce(end_on, 'infinity'::date)) as ends_on
    from query_table(given) group by account_id, side),
heard as (select count(last_touch_on) > 0 as told from query_table(given))
select
    a.account_id, side.side, array_to_string(list_transform(b.people, lambda x: x.name), '; ') as sponsor,
        b.last_touch_on,
    seen_on - b.last_touch_on as days_since_touch,
    case when a.status <> 'exited' then coalesce(b.cadence_days, r.cadence_of_tier[a.tier]) end as cadence_days,
        b.start_on,
    case when has_rows.sponsorship and a.status <> 'exited'
        then status_of(b.sponsors, seen_on - b.last_touch_on, b.cadence_days,
        seen_on - b.start_on, r.new_days, h.told) end as status,
    coalesce(b.sponsors = 1 and b.ends_on <= seen_on + r.orphan_days, false) as orphan_risk,
    case when orphan_risk then b.ends_on end as orphan_on
from account a
cross join (values ('internal'), ('external')) side (side)
cross join rule r cross join chosen_day cross join has_rows cross join heard h
left join backed b on b.account_id = a.account_id and b.side = side.side;

-- what each move of a what-if does to whoever stood, stands or is to stand on its side: one row per move, side and
-- person,
-- in the order of `place`; 0 is the file. `was`: whether he stood there before the move; `own`: the move is about him.
-- Whoever takes a side in place of others takes them off.
create macro what_if_steps() as table
with own as (
    select 0 as place, account_id, side, person_id, true as stands
    from main.sponsorship cross join context where start_on <= as_of and (end_on is null or end_on > as_of)
    union
    select place, account_id, side, person_id, move <> 'remove' from what_if_move where move <> 'leave'),
step as (
    select *, true as own from own
    union all
    select x.place, x.account_id, x.side, p.person_id, false, false
    from what_if_move x join (select distinct account_id, side, person_id from own) p using (account_id, side)
    where x.move = 'replace' and p.person_id <> x.person_id)
select *, lag(stands, 1, false) over (partition by account_id, side, person_id order by place) as was
from step semi join what_if_move using (account_id, side);
