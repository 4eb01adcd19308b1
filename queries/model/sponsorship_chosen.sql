-- How are the chosen accounts of the programme covered: how many on each side, and what revenue has no live sponsor?

create table covered_account as
select g.*, f.revenue, f.profit
from account_coverage g semi join programme_account using (account_id) join account_figures f using (account_id);
comment on table covered_account is 'coverage and money of every account of the programme';

-- one row; counts of covered are 0 where no status can be told, the share of revenue without a live sponsor is empty
-- then
create view chosen_cover as
with chosen as (from covered_account semi join selection using (account_id))
select
    count(*) as accounts, sum(revenue) as revenue, sum(profit) as profit,
    count(*) filter (internal is not null or external is not null) as accounts_judged,
    count(*) filter (no_live_sponsor) as without_accounts,
        coalesce(sum(revenue) filter (no_live_sponsor), 0) as without_revenue,
    case when count(no_live_sponsor) > 0 then ratio_of(without_revenue, sum(revenue)) end as uncovered_revenue_share,
    count(*) filter (not no_live_sponsor and uncovered + stale = 1) as one_side_accounts,
    count(*) filter (internal = 'covered') as internal_covered,
    coalesce(sum(revenue) filter (internal = 'covered'), 0) as internal_revenue,
    count(*) filter (external = 'covered') as external_covered,
    coalesce(sum(revenue) filter (external = 'covered'), 0) as external_revenue,
    count(*) filter (coverage = 'full') as fully_covered,
    coalesce(sum(revenue) filter (coverage = 'full'), 0) as full_revenue,
    coalesce(sum(profit) filter (coverage = 'full'), 0) as full_profit,
    count(*) filter (double_sponsor) as double_sponsored,
    coalesce(sum(revenue) filter (double_sponsor), 0) as double_revenue,
    coalesce(sum(uncovered), 0)::bigint as uncovered_sides, coalesce(sum(stale), 0)::bigint as stale_sides,
    count(*) filter (internal = 'new') + count(*) filter (external = 'new') as new_sides,
    2 * count(*) - count(internal) - count(external) as unknown_sides,
    count(*) - count(revenue) as unknown_revenue_accounts
from chosen;
