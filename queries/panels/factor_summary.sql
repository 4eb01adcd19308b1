-- Which success factor is weakest across the portfolio, and on what base?

with chosen as (
    select s.* exclude (weight), g.weight as revenue
    from score_evidence s join selection using (account_id) join account_figures g using (account_id))
select
    f.factor_id::bigint as factor_id, f.code, f.name, f.provenance, f.weight,
    exact_mean(c.valid_index) as mean,
    exact_sum(c.valid_index * c.revenue) / nullif(exact_sum(case when c.valid_index is not null then c.revenue end), 0) as weighted_mean,
    count(c.valid_index) as accounts_known, count(c.account_id) as accounts,
    coalesce(exact_sum(case when c.valid_index is not null then c.revenue end), 0) / nullif(exact_sum(c.revenue), 0) as revenue_known_share,
    count(*) filter (c.light = 'red') as red, count(*) filter (c.light = 'amber') as amber,
    count(*) filter (c.light = 'green') as green, count(*) filter (c.light = 'unknown') as unknown,
    exact_mean(c.change) as change,
    count(*) filter (c.claim = 'overclaimed') as overclaimed,
    count(*) filter (c.claim = 'underclaimed') as underclaimed,
    light_of(exact_mean(c.valid_index), any_value(r.red_below), any_value(r.green_from)) as state,
    coalesce(exact_sum(case when c.light = 'red' then c.revenue end), 0) / nullif(exact_sum(c.revenue), 0) as red_revenue_share,
    any_value(r.red_below) as red_below
from success_factor f
cross join rule r
left join chosen c using (factor_id)
group by f.factor_id, f.code, f.name, f.provenance, f.weight
order by f.factor_id;
