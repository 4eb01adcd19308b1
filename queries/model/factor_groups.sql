-- How does the account index stand in each region, tier, manager's hands and industry?

create macro every_grouping() as ['all', 'region', 'tier', 'manager', 'industry'];

create view programme_factor_row as from factor_row semi join programme_account using (account_id);

create view index_group as
select
    k.grouping, k.value, count(*) as accounts, count(index) as accounts_scored,
    exact_mean(index) as index_mean, weighted_mean(index, weight) as index_weighted, counted(problem) as problems,
    coalesce(exact_sum(weight), 0) / nullif((select exact_sum(weight) from programme_factor_row), 0) as revenue_share,
    light_of(exact_mean(index), any_value(r.red_below), any_value(r.green_from)) as state
from programme_factor_row f join (from group_of(every_grouping())) k using (account_id) cross join rule r
group by k.grouping, k.value;
comment on view index_group is 'the account index of every region, tier, manager and industry, and of all';
