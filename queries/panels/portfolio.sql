-- How does the whole portfolio stand: money, scores, coverage and who needs the director?

-- money runs over all that were chosen; everything else over those in the programme
with summed as (
    select
        count(*) as accounts,
        count(*) filter (k.in_programme) as programme_accounts,
        count(*) filter (not k.in_programme) as exited_accounts,
        count(*) filter (k.in_programme and f.figures = 'late') as late_accounts,
        count(*) filter (k.in_programme and f.figures = 'stopped') as stopped_accounts,
        sum(coalesce(f.revenue, 0) - coalesce(f.revenue_before, 0))
            filter (not f.revenue_incomparable) as revenue_change,
        count(*) filter (f.profit_unknown) as unknown_profit_accounts
    from chosen_figures f join account_contribution_all k using (account_id)),
programme as (
    select f.revenue, f.weight, s.index, n.attention
    from account_figures f semi join programme_selection using (account_id) join account_score s using (account_id)
    join account_attention n using (account_id)),
standing as (
    select
        exact_mean(index) as index_mean, weighted_mean(index, weight) as index_weighted,
            count(index) as accounts_scored,
        count(*) filter (attention > 0) as attention_accounts,
        ratio_of(coalesce(sum(revenue) filter (attention > 0), 0), sum(revenue)) as attention_revenue_share
    from programme),
bridged as (    -- end less start of the bridge
    select exact_sum(profit) - exact_sum(profit_before) as profit_change from bridge_account),
moved as (
    select count(*) filter (change < 0) as scores_fell, count(*) filter (change > 0) as scores_rose
    from factor_score join programme_selection using (account_id))
select
    c.as_of, c.since, c.window_start, c.window_end, c.basis, c.currency,
    s.accounts, t.revenue::double as revenue, t.known_profit::double as profit, t.margin,
    s.revenue_change::double as revenue_change, b.profit_change,
    d.index_mean, d.index_weighted, d.accounts_scored, v.internal_covered, v.external_covered, v.fully_covered,
    v.uncovered_revenue_share, d.attention_accounts, d.attention_revenue_share, s.unknown_profit_accounts,
    s.programme_accounts, s.exited_accounts, s.late_accounts, s.stopped_accounts,
        t.known_revenue::double as known_revenue,
    c.months_known_before::bigint as months_known_before, v.double_sponsored, u.rules_judged, u.rules,
    y.margin as programme_margin, u.rules_lack, has_rows.sponsorship as sponsorship_fed, m.scores_fell, m.scores_rose,
    v.unknown_sides, v.unknown_revenue_accounts
from context c cross join chosen_total t cross join summed s cross join standing d cross join bridged b
cross join programme_yardstick y cross join has_rows cross join moved m cross join rules_told u cross
    join chosen_cover() v;
