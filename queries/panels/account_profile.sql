-- How does each account stand against the comparison, the year before, its budget and all others?

select
    a.account_id, a.name, a.tier::bigint as tier, a.status, a.region, c.manager,
    s.index, s.previous_index, s.index_change, r.index_rank,
    of_programme(a.status, r.accounts_ranked) as accounts_ranked,
    s.factors_known, (select count(*) from success_factor) as factors, s.weakest as weakest_factor,
    f.revenue::double as revenue, case when f.comparable then f.revenue_before end::double as revenue_before,
        f.revenue_growth,
    b.budget_revenue::double as budget_revenue, b.revenue_to_budget,
    f.profit::double as profit, case when f.comparable then f.profit_before end::double as profit_before,
        f.profit_change::double as profit_change,
    b.budget_profit::double as budget_profit, b.profit_to_budget::double as profit_to_budget,
    c.margin, b.budget_months, b.window_months, c.quadrant,
    i.status as internal_status, i.sponsor as internal_sponsor,
    i.days_since_touch::bigint as internal_days_since_touch, e.status as external_status, e.sponsor as external_sponsor,
    e.days_since_touch::bigint as external_days_since_touch,
    h.health as plan_status, h.why as plan_why, h.actions_open, h.actions_overdue,
    f.months::bigint as months, f.months_before::bigint as months_before, f.figures
from account a
join selection using (account_id)
join account_card c using (account_id)
join account_score s using (account_id)
join account_figures f using (account_id)
join account_plan_health h using (account_id)
join account_budget b using (account_id)
join index_rank r using (account_id)
join account_side i on i.account_id = a.account_id and i.side = 'internal'
join account_side e on e.account_id = a.account_id and e.side = 'external'
order by a.account_id;
