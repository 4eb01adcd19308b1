-- Who is assigned at as-of, how does each side stand, and what does that make of the account?
-- A what-if runs this file again over its own facts.

-- with the last touch of his own
create table assigned as
from assigned_at((select as_of from context)) left join last_touch using (account_id, side, person_id);
create table side as from sides_on((select as_of from context), 'assigned');

create table account_coverage as
select
    account_id,
    max(status) filter (side = 'internal') as internal, max(status) filter (side = 'external') as external,
    coverage_of(internal, external) as coverage,
    count(*) filter (status = 'uncovered') as uncovered, count(*) filter (status = 'stale') as stale,
    bool_or(orphan_risk) as orphan_risk
from side group by account_id;
