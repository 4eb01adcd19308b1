-- Who is assigned at as-of, how does each side stand, and what does that make of the account?
-- A what-if runs this file again over its own facts.

-- with the last touch of his own, and how many in twelve months; `independent`: of the account's manager and of sales
create table assigned as
select g.*, t.last_touch_on, t.touches_in_year,
    is_independent(g.person_id, p.function, a.manager_id, m.line_manager_id) as independent
from assigned_at((select as_of from context)) g left join last_touch t using (account_id, side, person_id)
join person p on p.person_id = g.person_id join account a on a.account_id = g.account_id
left join person m on m.person_id = a.manager_id;
comment on table assigned is
    'who is assigned to which account and side at as_of, with his own touches: the last, and how many in a year';
create table account_side as from sides_on((select as_of from context), 'assigned');
comment on table account_side is 'both sides of every account: status, sponsor and last touch at as_of';

-- the last day on which a side that is covered or new now stays so without another touch
create view account_side_due as
select s.*,
    case s.status when 'covered' then s.last_touch_on + s.cadence_days else s.start_on + r.new_days end as due_on
from account_side s cross join rule r where s.status in ('covered', 'new');

-- accounts where two different independent people are in touch, one on each side, within the side's cadence
create view double_cover as
with there as (
    select g.account_id, g.side, g.person_id
    from assigned g join account_side s using (account_id, side) cross join context c
    where g.independent and c.as_of - g.last_touch_on <= s.cadence_days)
select distinct account_id from there i join there e using (account_id)
where i.side = 'internal' and e.side = 'external' and i.person_id <> e.person_id;

create table account_coverage as
select
    account_id,
    max(status) filter (side = 'internal') as internal, max(status) filter (side = 'external') as external,
    coverage_of(internal, external) as coverage,
    no_live_sponsor_of(internal, external) as no_live_sponsor,
    case when coverage is not null then coverage = 'full' and account_id in (from double_cover) end as double_sponsor,
    count(*) filter (status = 'uncovered') as uncovered, count(*) filter (status = 'stale') as stale,
    bool_or(orphan_risk) as orphan_risk
from account_side group by account_id;
comment on table account_coverage is 'coverage of every account: full, partial or none';

-- covered sides that would not be covered any more without this person
create table cover_loss as
select g.account_id, g.side, g.person_id
from assigned g join account_side s on s.account_id = g.account_id and s.side = g.side and s.status = 'covered'
cross join context c cross join rule r
left join assigned o on o.account_id = g.account_id and o.side = g.side and o.person_id <> g.person_id
group by g.account_id, g.side, g.person_id, c.as_of, r.new_days
having status_of(count(o.person_id), c.as_of - max(o.last_touch_on), min(o.cadence_days), c.as_of - min(o.start_on),
    r.new_days, true) <> 'covered';
comment on table cover_loss is 'covered sides that would not be covered any more without this person';
