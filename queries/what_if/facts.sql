-- Which facts would hold after the moves of a what-if? These names hide the facts of the file; no file is changed.

create table person as
select p.* replace (p.active and not exists (from what_if_move x where x.move = 'leave'
    and x.person_id = p.person_id) as active)
from main.person p;

-- what the moves come to for each person on a side: `taken_off` by one of them, standing there after the last,
-- `in_file`
create table what_if_outcome as
select account_id, side, person_id, bool_or(place = 0) as in_file, bool_or(not stands and was) as taken_off,
    arg_max(stands, place) as stands, max(place) as place
from what_if_steps() group by account_id, side, person_id;

-- who takes a side starts at as-of, with the cadence of the account's tier
create table newly_assigned as
select 'what-if ' || place as sponsorship_id, account_id, person_id, side, as_of as start_on
from what_if_outcome cross join context where stands and (taken_off or not in_file);

-- who is taken off ends at as-of
create table sponsorship as
select s.* replace (case when o.taken_off and s.start_on <= c.as_of then least(s.end_on, c.as_of)
    else s.end_on end as end_on)
from main.sponsorship s cross join context c left join what_if_outcome o using (person_id, account_id, side)
union all by name from newly_assigned;

-- a side given to somebody is new till the first touch: what he did there before does not count where it is too old for
-- cover, unless the move only renews what ended a day ago at most
create table last_touch as
select t.* replace (case when c.as_of - t.last_touch_on <= r.cadence_of_tier[a.tier] or n.person_id is null
    then t.last_touch_on end
    as last_touch_on)
from last_touch t join account a using (account_id) cross join context c cross join rule r
left join (
    select account_id, side, person_id from newly_assigned semi join (from assignment_chain() where first_on = start_on)
        using (account_id, side, person_id, start_on)) n using (account_id, side, person_id);

-- whoever is assigned in a what-if is a sponsorship, also where the file holds none
create table has_rows as
select * replace (sponsorship or exists (from what_if_move where move in ('assign', 'replace')) as sponsorship)
    from has_rows;
