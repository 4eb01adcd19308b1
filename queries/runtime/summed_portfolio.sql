-- what question portfolio sums: a row per account, a column per sum; empty where the account does not count in it
select
    s.account_id, s.in_programme, not s.in_programme as exited, s.profit_unknown, s.profit is not null as profit_known,
    s.revenue::decimal(38, 10) as revenue, s.profit::decimal(38, 10) as profit,
    case when s.profit is not null then s.revenue::decimal(38, 10) end as known_revenue,
    case when not s.revenue_incomparable
        then (coalesce(s.revenue, 0) - coalesce(s.revenue_before, 0))::decimal(38, 10) end as revenue_change,
    s.bridged_profit::decimal(38, 10) as bridged_profit,
    s.bridged_profit_before::decimal(38, 10) as bridged_profit_before,
    s.in_programme and s.figures = 'late' as late, s.in_programme and s.figures = 'stopped' as stopped,
    p.index::decimal(38, 10) as index, (p.index * p.weight)::decimal(38, 10) as index_weighted,
    (case when p.index is not null then p.weight end)::decimal(38, 10) as index_weight,
    p.attention > 0 as needs, p.revenue::decimal(38, 10) as programme_revenue,
    case when p.attention > 0 then p.revenue::decimal(38, 10) end as needing_revenue, p.scores_fell, p.scores_rose,
    c.account_id is not null as covered, c.internal = 'covered' as internal_covered,
    c.external = 'covered' as external_covered, c.coverage = 'full' as fully_covered, c.double_sponsor,
    c.no_live_sponsor is not null as live_known, c.revenue::decimal(38, 10) as covered_revenue,
    case when c.no_live_sponsor then c.revenue::decimal(38, 10) end as uncovered_revenue,
    c.account_id is not null and c.revenue is null as revenue_unknown,
    case when c.account_id is not null
        then (c.internal is null)::bigint + (c.external is null)::bigint end as unknown_sides
from account_standing s
left join (from account_standing where in_programme) p using (account_id)
left join covered_account c using (account_id);
