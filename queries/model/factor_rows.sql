-- How do the factors stand over the chosen accounts, as columns, as rows, and group by group?

-- every account x factor of the file: a table, so that a question over the chosen ones has little to plan;
-- `revenue` is the weight of a revenue-weighted mean
create table weighted_score as
select s.* exclude (weight), s.weight as factor_weight, g.weight as revenue, p.account_id is not null as in_programme
from score_evidence s join account_figures g using (account_id) left join programme_account p using (account_id);
comment on table weighted_score is 'every score of every account with the revenue it is weighted by';

-- those of the accounts that a question lists
create view listed_score as from weighted_score semi join listed_selection using (account_id);

-- those of the chosen accounts in the programme: what means and counts run over
create view chosen_score as from weighted_score semi join selection using (account_id) where in_programme;
comment on view chosen_score is 'every score of the chosen accounts with the revenue it is weighted by';

-- counts of scores by what they are worth; only valid ones have a confidence that counts
create macro counted(what) as count(*) filter (what);

-- in which group each account stands, in every grouping; 'all' is one group without a value
create table account_group as
select a.account_id, k.grouping, k.value
from account a left join person m on m.person_id = a.manager_id, lateral (values
    ('all', null), ('region', a.region), ('tier', a.tier::varchar), ('manager', m.name), ('industry', a.industry)) k (
        grouping, value);
create macro group_of(wanted) as table from account_group where list_contains(wanted, grouping);

-- how each factor stands in each group: every measure of a factor over several accounts
create macro factor_stand(wanted) as table
select
    k.grouping, k.value, c.factor_id, any_value(c.code) as code,
    count(*) as accounts, count(valid_index) as accounts_known,
        weight_share(valid_index is not null, revenue) as revenue_known_share,
    exact_mean(valid_index) as mean, weighted_mean(valid_index, revenue) as weighted_mean,
    counted(light = 'red') as red, counted(light = 'amber') as amber, counted(light = 'green') as green,
    counted(light = 'unknown') as unknown, weight_share(light = 'red', revenue) as red_revenue_share,
    exact_mean(change) as change, count(change) as pairs, counted(move = 'rose') as rose,
        counted(move = 'fell') as fell,
    counted(freshness = 'fresh') as fresh, counted(freshness = 'ageing') as ageing,
        counted(freshness = 'expired') as expired,
    counted(freshness = 'missing') as missing,
    counted(valid_index is not null and confidence = 'high') as high,
    counted(valid_index is not null and confidence = 'medium') as medium,
    counted(valid_index is not null and confidence = 'low') as low,
    counted(claim = 'overclaimed') as overclaimed, counted(claim = 'underclaimed') as underclaimed,
    counted(gap is not null and judged) as claims_checked,
    light_of(exact_mean(valid_index), any_value(r.red_below), any_value(r.green_from)) as state,
    is_programme_problem(counted(light = 'red'), count(valid_index), weight_share(light = 'red', revenue),
        any_value(r.programme_problem_share)) as programme_problem
from chosen_score c join (from group_of(wanted)) k using (account_id) cross join rule r
group by k.grouping, k.value, c.factor_id;

-- one row per account listed: what its index rests on. `change` runs over the factors valid at both dates
create view factor_row as
select
    c.account_id, any_value(s.index) as index, any_value(s.index_change) as change,
    any_value(s.factors_known) as factors_known, any_value(s.factors) as factors, any_value(s.reds) as red,
    counted(c.freshness = 'fresh') as fresh, counted(c.freshness = 'ageing') as ageing,
        counted(c.freshness = 'expired') as expired,
    counted(c.freshness = 'missing') as missing,
    counted(c.valid_index is not null and c.confidence = 'high') as high,
    counted(c.valid_index is not null and c.confidence = 'medium') as medium,
    counted(c.valid_index is not null and c.confidence = 'low') as low,
    counted(c.claim = 'overclaimed') as overclaimed, counted(c.claim = 'underclaimed') as underclaimed,
    any_value(s.weakest) as weakest, any_value(c.revenue) as weight,
    is_account_problem(any_value(s.reds)) as problem,
    light_of(any_value(s.index), any_value(r.red_below), any_value(r.green_from)) as state,
    move_of(any_value(s.index_change), any_value(r.flat_points)) as move
from listed_score c join account_score s using (account_id) cross join rule r
group by c.account_id;
comment on view factor_row is 'the factors of each chosen account: red ones, freshness, confidence, claims, move';
