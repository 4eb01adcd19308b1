-- Which success factor is weakest across the portfolio, and on what base?
-- summed: yes

select
    f.factor_id::bigint as factor_id, f.code, f.name, f.provenance, f.weight,
    g.mean, g.weighted_mean, coalesce(g.accounts_known, 0) as accounts_known, coalesce(g.accounts, 0) as accounts,
        g.revenue_known_share,
    coalesce(g.red, 0) as red, coalesce(g.amber, 0) as amber, coalesce(g.green, 0) as green,
        coalesce(g.unknown, 0) as unknown,
    g.change, coalesce(g.overclaimed, 0) as overclaimed, coalesce(g.underclaimed, 0) as underclaimed,
    g.red_revenue_share, coalesce(g.programme_problem, false) as programme_problem,
    coalesce(g.fresh, 0) as fresh, coalesce(g.ageing, 0) as ageing, coalesce(g.expired, 0) as expired,
        coalesce(g.missing, 0) as missing,
    coalesce(g.high, 0) as high, coalesce(g.medium, 0) as medium, coalesce(g.low, 0) as low,
    coalesce(g.pairs, 0) as pairs, coalesce(g.rose, 0) as rose, coalesce(g.fell, 0) as fell,
    coalesce(g.claims_checked, 0) as claims_checked,
    row_number() over (order by coalesce(g.programme_problem, false) desc, g.mean nulls last,
        f.factor_id) as weakness,
    coalesce(g.state, 'unknown') as state, r.red_below
from success_factor f
cross join rule r
left join (from factor_stand(['all'])) g on g.factor_id = f.factor_id
order by f.factor_id;
