-- Which accounts are weak across their success factors, the worst first?
-- needs model/further/factors.sql

select
    f.account_id, a.name, a.region, a.tier::bigint as tier, m.name as manager, a.industry, g.revenue::double as revenue,
    f.index, f.change, f.factors_known, f.factors, f.red, f.weakest as weakest_factor, f.problem as account_problem,
    f.fresh, f.ageing, f.expired, f.missing, f.high, f.medium, f.low, f.overclaimed, f.underclaimed, f.state, f.move
from factor_row f
join account a using (account_id)
join account_figures g using (account_id)
left join person m on m.person_id = a.manager_id
order by f.red desc, f.index nulls last, g.revenue desc nulls last, f.account_id;
