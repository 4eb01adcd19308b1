-- What does a sum over the chosen accounts run over? One row per account of the file.

create table account_standing as
select
    f.account_id, k.in_programme, f.figures, f.revenue, f.profit, f.weight, f.revenue_before, f.revenue_incomparable,
    f.profit_unknown, s.index, n.attention, coalesce(m.scores_fell, 0) as scores_fell,
    coalesce(m.scores_rose, 0) as scores_rose, b.profit as bridged_profit, b.profit_before as bridged_profit_before
from account_figures f join account_contribution_all k using (account_id) join account_score s using (account_id)
join account_attention n using (account_id)
left join (
    select account_id, count(*) filter (change < 0) as scores_fell, count(*) filter (change > 0) as scores_rose
    from factor_score group by account_id) m using (account_id)
left join (from bridge_part_all where left_out is null) b using (account_id);
comment on table account_standing is 'money, index, attention and moved scores of every account';
