-- How does the whole portfolio stand: money, scores, coverage and who needs the director?

with chosen as (
    select f.*, s.index, g.internal, g.external, g.coverage, n.attention
    from chosen_figures f join account_score s using (account_id) join account_coverage g using (account_id)
    join account_attention n using (account_id)),
summed as (
    select
        count(*) as accounts,
        sum(coalesce(revenue, 0) - coalesce(revenue_before, 0)) filter (not revenue_incomparable) as revenue_change,
        sum(coalesce(profit, 0) - coalesce(profit_before, 0)) filter (not profit_incomparable) as profit_change,
        exact_mean(index) as index_mean,
        exact_sum(index * weight) / nullif(exact_sum(case when index is not null then weight end), 0) as index_weighted,
        count(index) as accounts_scored,
        count(*) filter (attention > 0) as attention_accounts,
        coalesce(sum(revenue) filter (attention > 0), 0) as attention_revenue,
        count(*) filter (profit_unknown) as unknown_profit_accounts
    from chosen),
moved as (
    select count(*) filter (change < 0) as scores_fell, count(*) filter (change > 0) as scores_rose
    from score join programme_selection using (account_id))
select
    c.as_of, c.since, c.window_start, c.window_end, c.basis, c.currency,
    s.accounts, t.revenue::double as revenue, t.known_profit::double as profit, t.margin,
    s.revenue_change::double as revenue_change, s.profit_change::double as profit_change,
    s.index_mean, s.index_weighted, s.accounts_scored, v.internal_covered, v.external_covered, v.fully_covered,
    v.uncovered_revenue_share,
    s.attention_accounts, (s.attention_revenue / nullif(t.revenue, 0))::double as attention_revenue_share,
    s.unknown_profit_accounts, fed.sponsorship as sponsorship_fed, m.scores_fell, m.scores_rose, v.double_sponsored,
    v.accounts as covered_of, v.unknown_sides
from context c cross join chosen_total t cross join summed s cross join fed cross join moved m cross join chosen_cover() v;
