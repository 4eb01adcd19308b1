-- Which accounts are in the programme, and how does each stand?
-- summed: yes

select
    c.account_id, c.name, c.tier::bigint as tier, c.status, c.region, c.industry, c.manager, c.revenue, c.profit,
        c.margin,
    case when f.profit is not null then share_of_revenue(f.revenue, t.known_revenue) end as revenue_share,
    share_of_profit(f.profit, t.known_profit, t.known_revenue) as profit_share,
    profit_share - revenue_share as share_gap, c.profit_index, c.value_at_stake,
    c.growth as revenue_growth, c.profit_change, c.quadrant, c.index, c.factors_known,
    c.weakest as weakest_factor, c.internal as internal_status, c.external as external_status, c.coverage,
    c.plan as plan_status, c.attention,
    f.months::bigint as months, f.months_before::bigint as months_before, f.figures, g.double_sponsor, n.reasons,
    u.rules_judged, u.rules, u.rules_lack, w.name as weakest_name
from account_card c
join chosen_figures f using (account_id)
join account_attention n using (account_id)
join account_coverage g using (account_id)
cross join chosen_total t
cross join rules_told u
left join success_factor w on w.code = c.weakest
order by c.revenue desc nulls last, c.account_id;
