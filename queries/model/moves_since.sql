-- Which dated facts moved between the review and as-of? Scores, profit, sides, sponsors, plans, objectives, actions.
-- Over 60 lines because the dated facts of every table stand in one list.
-- Three measures, never mixed: money has an `effect`, scores have `points`, people and plans have a day. `better` is 1
-- or
-- -1; null where it cannot be said.

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

create macro side_order() as ['uncovered', 'stale', 'new', 'covered'];

-- how the sides stood at the day compared with: the facts of the file. Kept: several questions read them
create table assigned_before as
from assigned_at((select since from context)) left
    join touched_at((select since from context)) using (account_id, side, person_id);
create table side_before as from sides_on((select since from context), 'assigned_before');

-- The day a side came to be as it is: the first from which it has been so until as-of. Asked is every day since the
-- review on which it may have turned: somebody came or went, was in touch, or the time for a touch or for being new ran
-- out. A new side began at its start, also where that is the start of a chain.
create view side_move as
with moved as (
    select account_id, side, n.status, b.status as before, n.start_on
    from account_side n join side_before b using (account_id, side) where n.status <> b.status),
held as (
    select g.account_id, g.side, g.person_id, g.start_on, g.end_on, g.first_on,
        coalesce(g.cadence_days, r.cadence_of_tier[a.tier]) as cadence_days
    from assignment_chain() g join moved using (account_id, side)
    join person p on p.person_id = g.person_id and p.active join account a on a.account_id = g.account_id cross
        join rule r),
seen as (
    select distinct account_id, side, v.person_id, v.occurred_on
    from activity v semi join held using (account_id, side, person_id) cross join context c
    where v.status = 'done' and v.occurred_on <= c.as_of and is_touch(v.kind)),
turn as (
    select account_id, side, start_on as day from held
    union select account_id, side, end_on from held
    union select account_id, side, first_on + r.new_days + 1 from held cross join rule r
    union select account_id, side, occurred_on from seen
    union select account_id, side, v.occurred_on + h.cadence_days + 1 from seen v join held h using (account_id, side)),
stood as (
    select t.account_id, t.side, t.day, count(h.person_id) as sponsors, min(h.cadence_days) as cadence_days,
        min(h.first_on) as first_on, max(v.occurred_on) as touched_on
    from turn t cross join context c
    left join held h on h.account_id = t.account_id and h.side = t.side and h.start_on <= t.day
        and (h.end_on is null or h.end_on > t.day)
    left join seen v on v.account_id = h.account_id and v.side = h.side and v.person_id = h.person_id
        and v.occurred_on <= t.day
    where t.day > c.since and t.day <= c.as_of group by t.account_id, t.side, t.day),
turned as (
    select account_id, side, day, m.status as status_now,
        status_of(sponsors, day - touched_on, s.cadence_days, day - first_on, r.new_days, true) as status_then,
        lag(status_then, 1, m.before) over (partition by account_id, side order by day) as status_earlier
    from stood s join moved m using (account_id, side) cross join rule r),
reached as (
    select account_id, side, max(day) as day from turned
    where status_then = status_now and status_earlier <> status_now group by account_id, side)
select account_id, side, m.before, m.status as after,
    sign(list_position(side_order(), m.status) - list_position(side_order(), m.before))::integer as better,
    case when m.status = 'new' then m.start_on else t.day end as moved_on
from moved m left join reached t using (account_id, side);

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
