-- What can be filtered? The account card: one row per account, every filter field, over all accounts of the file.

create table account_card as
select
    a.account_id, a.name, a.tier, a.status, a.region, a.industry, m.name as manager, coalesce(o.names, []) as sponsor,
    g.internal, g.external, g.coverage, k.quadrant, p.health as plan, s.weakest, n.attention, n.reason_list as reason,
    g.double_sponsor::varchar as double_sponsor,
    f.revenue::double as revenue, f.profit::double as profit, margin_of(f.profit, f.revenue) as margin,
    k.profit_index, k.value_at_stake, f.revenue_growth as growth, s.index, s.factors_known,
    f.figures, f.profit_change::double as profit_change, of_programme(a.status, y.year_end) as year_end
from account a
left join person m on m.person_id = a.manager_id
join account_coverage g using (account_id)
left join (select account_id, list(distinct name) as names from assigned group by account_id) o using (account_id)
join account_contribution_all k using (account_id)
join account_plan_health p using (account_id)
join account_score s using (account_id)
join account_attention n using (account_id)
join account_figures f using (account_id)
left join negotiation_ahead y using (account_id)
order by a.account_id;
comment on table account_card is 'one row per account with every field of the filter language';
