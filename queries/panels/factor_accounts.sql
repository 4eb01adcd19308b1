-- Which accounts are weak across their success factors, the worst first?
-- grain: account

select
    f.account_id, a.name, a.region, a.tier::bigint as tier, m.name as manager, a.industry, g.revenue::double as revenue,
    f.index, f.change, f.factors_known, f.factors, f.red, f.weakest as weakest_factor, f.problem as account_problem,
    of_programme(a.status, f.fresh) as fresh, of_programme(a.status, f.ageing) as ageing,
        of_programme(a.status, f.expired) as expired,
    of_programme(a.status, f.missing) as missing, of_programme(a.status, f.high) as high,
        of_programme(a.status, f.medium) as medium,
    of_programme(a.status, f.low) as low, of_programme(a.status, f.overclaimed) as overclaimed,
        of_programme(a.status, f.underclaimed) as underclaimed,
    f.state, f.move, w.name as weakest_name
from factor_row f
join account a using (account_id)
join account_figures g using (account_id)
left join success_factor w on w.code = f.weakest
left join person m on m.person_id = a.manager_id
order by f.red desc, f.index nulls last, g.revenue desc nulls last, f.account_id;
