-- In which region, tier, industry or manager's hands is a factor weak?

select
    g.grouping, g.value, g.factor_id::bigint as factor_id, g.code, g.accounts, g.accounts_known, g.revenue_known_share,
    g.mean, g.weighted_mean, g.red, g.amber, g.green, g.unknown, g.change, g.pairs, g.rose, g.fell,
    g.fresh, g.ageing, g.expired, g.missing, g.high, g.medium, g.low, g.overclaimed, g.underclaimed, g.claims_checked,
    i.accounts_scored, i.index_mean, i.index_weighted, i.problems, i.revenue_share, g.state, i.state as index_state,
    g.programme_problem, f.name as factor
from factor_stand(every_grouping()) g
join success_factor f using (factor_id)
join index_group i on i.grouping = g.grouping and i.value is not distinct from g.value
order by list_position(every_grouping(), g.grouping), i.index_mean nulls last, g.value nulls last, g.factor_id;
