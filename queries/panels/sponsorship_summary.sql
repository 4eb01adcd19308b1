-- How well is the portfolio sponsored, and whose leaving would hurt most?
-- needs model/further/leaders.sql
-- needs model/further/negotiations.sql

with chosen as (
    select g.internal, g.external, g.coverage, g.uncovered, g.stale, f.revenue, f.profit, n.ahead, n.exposed, e.evidence_index
    from account_coverage g join selection using (account_id) join account_figures f using (account_id)
    join negotiation_ahead() n using (account_id)
    left join (select account_id, evidence_of(met) as evidence_index from indicator where code = 'TOP' group by account_id) e using (account_id)),
summed as (
    select
        count(*) as accounts, sum(revenue)::double as revenue, sum(profit)::double as profit,
        count(*) filter (uncovered + stale = 2) as without_accounts,
        coalesce(sum(revenue) filter (uncovered + stale = 2), 0)::double as without_revenue,
        count(*) filter (uncovered + stale = 1) as one_side_accounts,
        count(*) filter (internal = 'covered') as internal_covered,
        coalesce(sum(revenue) filter (internal = 'covered'), 0)::double as internal_revenue,
        count(*) filter (external = 'covered') as external_covered,
        coalesce(sum(revenue) filter (external = 'covered'), 0)::double as external_revenue,
        count(*) filter (coverage = 'full') as fully_covered,
        coalesce(sum(revenue) filter (coverage = 'full'), 0)::double as full_revenue,
        coalesce(sum(profit) filter (coverage = 'full'), 0)::double as full_profit,
        coalesce(sum(uncovered), 0)::bigint as uncovered_sides, coalesce(sum(stale), 0)::bigint as stale_sides,
        count(*) filter (internal = 'new') + count(*) filter (external = 'new') as new_sides,
        count(*) filter (ahead) as negotiations, count(*) filter (exposed) as negotiations_exposed,
        exact_mean(evidence_index) as top_evidence
    from chosen),
carried as materialized (from leader_load() l cross join rule r select l.*, load_of(l.accounts, r.load_warn, r.load_over) as load),
loaded as (
    select count(*) as leaders, count(*) filter (load = 'warn') as leaders_warn, count(*) filter (load = 'over') as leaders_over,
        count(*) filter (orphan_risk) as leaders_ending, count(*) filter (touches_made = 0) as leaders_silent
    from carried),
missed as (
    select p.name as leaver, c.lost_accounts as leaver_accounts, c.lost_revenue::double as leaver_revenue
    from carried c join person p using (person_id) where c.lost_accounts > 0
    order by c.lost_revenue desc nulls last, c.lost_accounts desc, c.person_id limit 1)
select s.*, l.*, m.*, fed.sponsorship as sponsorship_fed
from summed s cross join loaded l cross join fed left join missed m on true;
