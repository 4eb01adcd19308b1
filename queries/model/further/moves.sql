-- Which dated facts moved between the review and as-of? Scores, profit, sides, sponsors, plans, objectives, actions.
-- Over 60 lines because the dated facts of every table stand in one list, beside the one definition of effect.
-- `effect` is money in the reporting currency, so that moves compare: of a score, what it does to the account index
-- (points / 100) times twelve months' revenue; of profit, the profit itself. Other moves have none: no number is known
-- that they alone change. `better` is 1 or -1; null where it cannot be said.

create macro number_text(x) as format('{:g}', x::double);

-- what one factor's move does to the account index, in points: the index as it is less the index had this factor stayed.
-- weighted, known, total: sums over the account's factors of weight * index, of the weight that is known, of all weight
create macro index_from(weighted, known, total) as case when known > 0 and known >= total / 2 then weighted::double / known::double end;
create macro index_effect(weighted, known, total, weight, now, before) as
    index_from(weighted, known, total) - index_from(
        weighted - weight * coalesce(now, 0) + weight * coalesce(before, 0),
        known - case when now is null then 0 else weight end + case when before is null then 0 else weight end, total);
create macro effect_of_index(points, revenue) as case when revenue is not null then (points / 100 * greatest(revenue, 0))::double + 0.0::double end;

create table index_part as
select account_id, sum(case when valid_index is not null then weight * valid_index end::decimal(38, 10)) as weighted,
    coalesce(sum(case when valid_index is not null then weight end::decimal(38, 10)), 0) as known, sum(weight::decimal(38, 10)) as total
from score group by account_id;

create table year_figures as
from figures_between((select ttm_start from context), (select window_end from context));
-- who stood for a side at the review, also those who have left the company since
create view sponsor_before as
with left_since as (select key as person_id, before = 'true' as was_active, told_on from restated where table_name = 'person' and field = 'active')
select g.account_id, g.side, g.person_id, g.name, null::date as left_on
from assigned_at((select since from context)) g anti join left_since l on l.person_id = g.person_id and not l.was_active
union
select s.account_id, s.side, s.person_id, p.name, l.told_on
from sponsorship s join person p using (person_id) join left_since l using (person_id) cross join context c
where l.was_active and not p.active and s.start_on <= c.since and (s.end_on is null or s.end_on > c.since);

create view sponsor_move as
with spell as (
    select account_id, side, person_id, max(start_on) as start_on, max(end_on) filter (end_on <= as_of) as end_on, max(source_row) as source_row
    from sponsorship cross join context where start_on <= as_of group by account_id, side, person_id)
select account_id, side, b.name as before, a.name as after, s.source_row,
    case when a.name is not null then s.start_on else coalesce(s.end_on, b.left_on) end as moved_on
from sponsor_before b full join assigned a using (account_id, side, person_id) left join spell s using (account_id, side, person_id)
where a.name is null or b.name is null;

create macro stale_from(touched_on, cadence, start_on, new_days) as coalesce(touched_on + cadence, start_on + new_days) + 1;
create macro side_order() as ['uncovered', 'stale', 'new', 'covered'];

-- how the sides stood at the day compared with: the facts of the file
create view assigned_before as
from assigned_at((select since from context)) left join touched_at((select since from context)) using (account_id, side, person_id);
create view side_before as from sides_on((select since from context), 'assigned_before');

-- the day a side came to be as it is: covered since touches
-- have followed each other in time, stale since the touch was due, else since somebody came or went
create view side_move as
with changed as (
    select account_id, side, n.status, b.status as before, n.last_touch_on, n.cadence_days, n.start_on
    from side n join side_before b using (account_id, side) where n.status <> b.status),
touch as (
    select account_id, side, greatest(v.occurred_on, s.start_on) as first_day,
        least(v.occurred_on + coalesce(s.cadence_days, h.cadence_days), coalesce(s.end_on - 1, 'infinity'::date)) as last_day
    from changed h join sponsorship s using (account_id, side) join person p on p.person_id = s.person_id and p.active
    join done_activity v on v.account_id = s.account_id and v.side = s.side and v.person_id = s.person_id
    where h.status = 'covered'),
reached as (
    select *, max(last_day) over (partition by account_id, side order by first_day, last_day rows between unbounded preceding and 1 preceding) as held_until
    from touch cross join context where first_day <= as_of and first_day <= last_day),
shown as (
    select account_id, side, max(first_day) as seen_on from reached where held_until is null or first_day > held_until + 1 group by account_id, side),
passed as (select account_id, side, max(moved_on) as moved_on from sponsor_move where after is null or before is null group by account_id, side)
select account_id, side, n.before, n.status as after,
    sign(list_position(side_order(), n.status) - list_position(side_order(), n.before))::integer as better,
    case n.status when 'covered' then w.seen_on
        when 'stale' then coalesce(nullif(greatest(stale_from(n.last_touch_on, n.cadence_days, n.start_on, r.new_days), c.since), c.since),
            p.moved_on)
        else p.moved_on end as moved_on
from changed n cross join rule r cross join context c
left join shown w using (account_id, side) left join passed p using (account_id, side);

create view plan_event as
with happened as (
    unpivot (select plan_id, account_id, source_row, approved_on as approved, start_on as started, shared_with_customer_on as shared, end_on as ended from plan)
    on approved, started, shared, ended into name what value happened_on)
select account_id, 'plan ' || what as what, null as before, happened_on, case what when 'ended' then -1 when 'started' then null else 1 end as better,
    'plan row ' || source_row as source
from happened
union all
select account_id, 'plan reviewed', max(reviewed_on) filter (reviewed_on <= since)::varchar,
    max(reviewed_on) filter (reviewed_on <= as_of), 1, 'plan_review row ' || arg_max(r.source_row, reviewed_on) filter (reviewed_on <= as_of)
from plan join plan_review r using (plan_id) cross join context group by account_id, plan_id;
