-- Which accounts are in the programme, and how does each stand?

select
    c.account_id, c.name, c.tier::bigint as tier, c.status, c.region, c.industry, c.manager, c.revenue, c.profit,
        c.margin,
    s.revenue_share, s.profit_share, s.share_gap, s.profit_index, s.value_at_stake,
    c.growth as revenue_growth, s.profit_change::double as profit_change, c.quadrant, c.index, c.factors_known,
    c.weakest as weakest_factor, c.internal as internal_status, c.external as external_status, c.coverage,
    c.plan as plan_status, c.attention,
    s.months::bigint as months, s.months_before::bigint as months_before, s.figures, g.double_sponsor, n.reasons,
    u.rules_judged, u.rules, u.rules_lack, w.name as weakest_name
from account_card c
join account_contribution s using (account_id)
join account_attention n using (account_id)
join account_coverage g using (account_id)
cross join rules_told u
left join success_factor w on w.code = c.weakest
order by c.revenue desc nulls last, c.account_id;
