-- Which dated facts moved between the review and as-of? Scores, profit, sides, sponsors, plans, objectives, actions.
-- Over 80 lines because the dated facts of every table stand in one list.
-- Three measures, never mixed: money has an `effect`, scores have `points`, people and plans have a day. `better` is 1
-- or -1; null where it cannot be said.

create macro number_text(x) as format('{:g}', x::double);

create table year_figures as
from figures_between((select ttm_start from context), (select window_end from context));

-- the profit of twelve months at both dates, and what it can be compared with: `standing` is known, or says why it is
-- not.
-- Fewer than twelve months at either date: the account is newer than that, late, or has no figures there.
create view profit_since as
select
    a.account_id, n.revenue, b.profit as before, n.profit as after,
    case when n.account_id is null and b.account_id is null then 'no figures'
        when n.account_id is null or b.account_id is null or p.late or p.first_month > months_later(r.review_month, -11)
            then 'under 12 months'
        when b.profit is null and n.profit is null then 'unknown' when n.profit is null then 'became unknown'
        when b.profit is null then 'became known' else 'known' end as standing,
    case when standing = 'known' then n.profit - b.profit end as effect
from account a cross join review_month r left join account_span p using (account_id)
left join year_figures n using (account_id) left join year_figures_before b using (account_id);
comment on view profit_since is 'profit of twelve months at the review and now, and why it cannot be compared';

-- who stood for a side at the review, also those who have left the company since
create view sponsor_before as
with left_since as (select key as person_id, before = 'true' as was_active, told_on from restated
    where table_name = 'person' and field = 'active')
select g.account_id, g.side, g.person_id, g.name, null::date as left_on
from assigned_at((select since from context)) g anti join left_since l on l.person_id = g.person_id and not l.was_active
union
select s.account_id, s.side, s.person_id, p.name, l.told_on
from sponsorship s join person p using (person_id) join left_since l using (person_id) cross join context c
where l.was_active and not p.active and s.start_on <= c.since and (s.end_on is null or s.end_on > c.since);

create view sponsor_move as
with spell as (
    select account_id, side, person_id, max(start_on) as start_on, max(end_on) filter (end_on <= as_of) as end_on,
        max(source_row) as source_row
    from sponsorship cross join context where start_on <= as_of group by account_id, side, person_id)
select account_id, side, b.name as before, a.name as after, s.source_row,
    case when a.name is not null then a.start_on else coalesce(s.end_on, b.left_on) end as moved_on
from sponsor_before b full join assigned a using (account_id, side, person_id) left
    join spell s using (account_id, side, person_id)
-- a renewal is no change, also where a day lies between
where a.name is null or (b.name is null and a.start_on > (select since from context));

create macro stale_from(touched_on, cadence, start_on, new_days) as coalesce(touched_on + cadence,
    start_on + new_days) + 1;
create macro side_order() as ['uncovered', 'stale', 'new', 'covered'];

-- how the sides stood at the day compared with: the facts of the file
create view assigned_before as
from assigned_at((select since from context)) left
    join touched_at((select since from context)) using (account_id, side, person_id);
create view side_before as from sides_on((select since from context), 'assigned_before');

-- the day a side came to be as it is: covered since touches
-- have followed each other in time, stale since the touch was due, else since somebody came or went
create view side_move as
with changed as (
    select account_id, side, n.status, b.status as before, n.last_touch_on, n.cadence_days, n.start_on
    from account_side n join side_before b using (account_id, side) where n.status <> b.status),
touch as (
    select account_id, side, greatest(v.occurred_on, s.start_on) as first_day,
        least(v.occurred_on + coalesce(s.cadence_days, h.cadence_days),
            coalesce(s.end_on - 1, 'infinity'::date)) as last_day
    from changed h join sponsorship s using (account_id, side) join person p on p.person_id = s.person_id and p.active
    join done_activity v on v.account_id = s.account_id and v.side = s.side and v.person_id = s.person_id
    where h.status = 'covered'),
reached as (
    select *, max(last_day) over (partition by account_id, side order by first_day,
        last_day rows between unbounded preceding and 1 preceding) as held_until
    from touch cross join context where first_day <= as_of and first_day <= last_day),
shown as (
    select account_id, side, max(first_day) as seen_on from reached where held_until is null
        or first_day > held_until + 1 group by account_id, side),
passed as (select account_id, side, max(moved_on) as moved_on from sponsor_move where after is null or before is null
    group by account_id, side)
select account_id, side, n.before, n.status as after,
    sign(list_position(side_order(), n.status) - list_position(side_order(), n.before))::integer as better,
    case n.status when 'covered' then w.seen_on
        when 'stale' then coalesce(nullif(greatest(stale_from(n.last_touch_on, n.cadence_days, n.start_on, r.new_days),
            c.since,
            case when n.before = 'uncovered' then n.start_on end), c.since), p.moved_on)
        when 'new' then n.start_on else p.moved_on end as moved_on
from changed n cross join rule r cross join context c
left join shown w using (account_id, side) left join passed p using (account_id, side);

-- `table_name`, `key` and `field` say where the day stands
create view plan_event as
with happened as (
    unpivot (select plan_id, account_id, source_row, approved_on, start_on, shared_with_customer_on, end_on from plan)
    on approved_on, start_on, shared_with_customer_on, end_on into name field value happened_on),
named (field, word, better) as (values
    ('approved_on', 'approved', 1), ('start_on', 'started', null), ('shared_with_customer_on', 'shared', 1),
        ('end_on', 'ended', -1))
select account_id, 'plan ' || word as what, null as before, happened_on, better, 'plan row ' || source_row as source,
    'plan' as table_name, plan_id as key, field
from happened join named using (field)
union all
select account_id, 'plan reviewed', max(reviewed_on) filter (reviewed_on <= since)::varchar,
    max(reviewed_on) filter (reviewed_on <= as_of), 1, 'plan_review row ' || arg_max(r.source_row, reviewed_on)
        filter (reviewed_on <= as_of),
    'plan_review', arg_max(r.review_id, reviewed_on) filter (reviewed_on <= as_of), 'reviewed_on'
from plan join plan_review r using (plan_id) cross join context group by account_id, plan_id;
