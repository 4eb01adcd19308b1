-- Where does revenue turn into profit, and where not?

select
    s.account_id, a.name, s.revenue::double as revenue, s.cogs::double as cogs,
        s.cost_to_serve::double as cost_to_serve,
    s.profit::double as profit, s.margin, s.revenue_share, s.profit_share, s.share_gap, s.profit_index,
        s.value_at_stake,
    ratio_of(s.cost_to_serve, s.revenue) as cost_to_serve_ratio, s.value_priced_share,
    s.quadrant, l.lever, s.revenue_growth, s.profit_change::double as profit_change, s.empty_growth,
    l.kind as lever_kind, l.gain as lever_gain, s.margin_cut, s.revenue_cut,
    s.months::bigint as months, s.months_before::bigint as months_before, s.figures, s.programme_margin,
    a.status
from account_contribution s
join account a using (account_id)
join account_lever l using (account_id)
order by s.profit nulls last, s.account_id;
