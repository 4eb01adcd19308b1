-- How does the whole portfolio stand: money, scores, coverage and who needs the director?
-- summed: yes

-- money runs over all that were chosen; everything else over those in the programme
with chosen as (from account_standing semi join selection using (account_id)),
summed as (
    select
        count(*) as accounts,
        count(*) filter (in_programme) as programme_accounts,
        count(*) filter (not in_programme) as exited_accounts,
        count(*) filter (in_programme and figures = 'late') as late_accounts,
        count(*) filter (in_programme and figures = 'stopped') as stopped_accounts,
        sum(coalesce(revenue, 0) - coalesce(revenue_before, 0)) filter (not revenue_incomparable) as revenue_change,
        count(*) filter (profit_unknown) as unknown_profit_accounts,
        exact_sum(bridged_profit) - exact_sum(bridged_profit_before) as profit_change    -- end less start of the bridge
    from chosen),
standing as (
    select
        exact_mean(index) as index_mean, weighted_mean(index, weight) as index_weighted,
        count(index) as accounts_scored,
        count(*) filter (attention > 0) as attention_accounts,
        ratio_of(coalesce(sum(revenue) filter (attention > 0), 0), sum(revenue)) as attention_revenue_share,
        coalesce(sum(scores_fell), 0)::bigint as scores_fell, coalesce(sum(scores_rose), 0)::bigint as scores_rose
    from chosen where in_programme)
select
    c.as_of, c.since, c.window_start, c.window_end, c.basis, c.currency,
    s.accounts, t.revenue::double as revenue, t.known_profit::double as profit, t.margin,
    s.revenue_change::double as revenue_change, s.profit_change,
    d.index_mean, d.index_weighted, d.accounts_scored, v.internal_covered, v.external_covered, v.fully_covered,
    v.uncovered_revenue_share, d.attention_accounts, d.attention_revenue_share, s.unknown_profit_accounts,
    s.programme_accounts, s.exited_accounts, s.late_accounts, s.stopped_accounts,
        t.known_revenue::double as known_revenue,
    c.months_known_before::bigint as months_known_before, v.double_sponsored, u.rules_judged, u.rules,
    y.margin as programme_margin, u.rules_lack, v.unknown_revenue_accounts, has_rows.sponsorship as sponsorship_fed,
    d.scores_fell, d.scores_rose, v.unknown_sides
from context c cross join chosen_total t cross join summed s cross join standing d
cross join programme_yardstick y cross join has_rows cross join rules_told u cross join chosen_cover v;
