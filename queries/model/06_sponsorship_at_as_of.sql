-- Who is assigned at as-of, how does each side stand, and what does that make of the account?
-- A what-if runs this file again over its own facts.

-- with the last touch of his own, and how many in twelve months
create table assigned as
from assigned_at((select as_of from context)) left join last_touch using (account_id, side, person_id);
create table side as from sides_on((select as_of from context), 'assigned');

create table account_coverage as
select
    account_id,
    max(status) filter (side = 'internal') as internal, max(status) filter (side = 'external') as external,
    coverage_of(internal, external) as coverage,
    count(*) filter (status = 'uncovered') as uncovered, count(*) filter (status = 'stale') as stale,
    bool_or(orphan_risk) as orphan_risk,
    count(*) filter (status in ('covered', 'new')) = 0 as no_live_sponsor
from side group by account_id;

-- covered sides that would not be covered any more without this person
create table cover_loss as
select g.account_id, g.side, g.person_id
from assigned g join side s on s.account_id = g.account_id and s.side = g.side and s.status = 'covered'
cross join context c cross join rule r
left join assigned o on o.account_id = g.account_id and o.side = g.side and o.person_id <> g.person_id
group by g.account_id, g.side, g.person_id, c.as_of, r.new_days
having status_of(count(o.person_id), c.as_of - max(o.last_touch_on), min(o.cadence_days), c.as_of - min(o.start_on), r.new_days) <> 'covered';
