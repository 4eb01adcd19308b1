-- How well is the portfolio sponsored, and whose leaving would hurt most?

with talks as (
    select count(*) filter (ahead) as negotiations, count(*) filter (exposed) as negotiations_exposed
    from negotiation_ahead join programme_selection using (account_id)),
evidence as (
    select exact_mean(evidence_index) as top_evidence
    from score_evidence join programme_selection using (account_id) where code = 'TOP'),
carried as materialized (
    from leader_load() l cross join rule r select l.*, load_of(l.accounts_all, r.load_warn, r.load_over) as load),
loaded as (
    select count(*) as leaders, count(*) filter (load = 'warn') as leaders_warn, count(*)
        filter (load = 'over') as leaders_over,
        count(*) filter (orphan_risk) as leaders_ending, count(*) filter (silent) as leaders_silent
    from carried),
missed as (
    select
        p.name as leaver, c.lost_accounts as leaver_accounts, c.lost_revenue::double as leaver_revenue,
        c.lost_names as leaver_names
    from carried c join person p using (person_id) where c.lost_accounts > 0
    order by c.lost_revenue desc nulls last, c.lost_accounts desc, c.person_id limit 1)
select
    s.accounts, s.revenue::double as revenue, s.profit::double as profit, s.without_accounts,
    s.without_revenue::double as without_revenue, s.one_side_accounts, s.internal_covered,
    s.internal_revenue::double as internal_revenue, s.external_covered, s.external_revenue::double as external_revenue,
    s.fully_covered, s.full_revenue::double as full_revenue, s.full_profit::double as full_profit, s.uncovered_sides,
    s.stale_sides, s.new_sides, t.negotiations, t.negotiations_exposed, e.top_evidence, l.*, m.* exclude (leaver_names),
    has_rows.sponsorship as sponsorship_fed, s.double_sponsored, s.double_revenue::double as double_revenue,
        s.unknown_sides,
    s.uncovered_revenue_share, has_rows.activity as activity_fed, has_rows.named_share, m.leaver_names,
    s.unknown_revenue_accounts
from chosen_cover s cross join talks t cross join evidence e cross join loaded l cross join has_rows left
    join missed m on true;
