-- What do the facts say about each factor, whoever is assigned? Every indicator: value, threshold, and where it comes
-- from.
-- Over 80 lines because all indicators stand side by side in one list.

create table indicator_of_account as
with board as (select account_id, true as seat from stakeholder where advisory_board and active group by account_id),
committee as (
    select account_id, max(decided_on) as decided_on from (
        select account_id, occurred_on as decided_on from done_activity where mechanism = 'investment_committee'
        union all select account_id, committee_on from programme, context where committee_on <= as_of)
    where account_id is not null group by account_id),
manager_facts as (
    select
        a.account_id, a.manager_id, p.variable_profit_share, p.trained_on, p.source_row,
        case when a.manager_id is not null then w.accounts end as accounts
    from account a left join person p on p.person_id = a.manager_id
    left join (select manager_id, count(*) as accounts from account semi join programme_account using (account_id)
        group by manager_id) w
        on w.manager_id = a.manager_id),
aims as (
    select account_id, count(*) as objectives,
        count(*) filter (o.due_on > months_later(c.as_of, 12)) / nullif(count(o.due_on), 0) as long_share,
        count(*) filter (o.target_value is not null) / count(*) as measured_share
    from objective_now o cross join context c group by account_id),
acts as (
    select account_id, count(distinct lower(trim(owner_function))) as functions,
        count(*) filter (not is_of_sales(owner_function)) / nullif(count(owner_function), 0) as outside_sales_share
    from action_now group by account_id),
meetings as (
    select p.account_id, max(r.reviewed_on) as last_reviewed_on,
        case when bool_or(r.customer_present) filter (recent) then 1 when count(*)
            filter (recent and r.customer_present is null) = 0 then 0 end
            as customer_there
    from plan_now p
    join (select r.*, r.reviewed_on >= months_later(c.as_of, -limits.customer_review_months) as recent
        from plan_review r cross join context c cross join indicator_rule limits
            where r.reviewed_on <= c.as_of) r using (plan_id)
    group by p.account_id),
plan_facts as (
    select a.account_id, p.plan_id is not null as has_plan, p.end_on, p.source_row, p.shared_with_customer_on,
        m.* exclude (account_id),
        t.* exclude (account_id), v.* exclude (account_id)
    from account a left join plan_now p using (account_id) left join aims m using (account_id)
    left join acts t using (account_id) left join meetings v using (account_id)),
programme_facts as (
    select account_id, bool_or(end_on > months_later(start_on, limits.programme_months)) as long_one,
        bool_or(end_on is null) as open_ended
    from programme, context, indicator_rule limits where is_active_programme(status, start_on, end_on, as_of)
        group by account_id),
known as (
    select a.account_id, a.selected_on, a.selection_score, a.kept_on, a.manager_since, a.source_row as account_row,
        c.as_of, has_rows,
        r.profit_index,
        f.empty_growth_of_year, f.value_priced_share, b.seat, k.decided_on, q.long_one, q.open_ended,
        m.manager_id, m.variable_profit_share, m.trained_on, m.accounts, m.source_row as person_row, limits,
            p.* exclude (account_id)
    from account a cross join context c cross join has_rows cross join indicator_rule limits
    join account_figures f using (account_id) join account_contribution_all r using (account_id)
    join manager_facts m using (account_id) join plan_facts p using (account_id)
    left join programme_facts q using (account_id) left join board b using (account_id) left
        join committee k using (account_id)),
told as (
    select account_id, unnest([
        fact('TOP', 'advisory_board_seat', flag_of_rows(has_rows.stakeholder, seat), 1, false, 'stakeholder'),
        fact('TOP', 'committee_decided', flag_of_rows(has_rows.activity or has_rows.programme,
            decided_on >= months_later(as_of, -limits.committee_months)), 1, false, 'activity, programme'),
        fact('QUA', 'profit_index', profit_index, limits.profit_index, false, 'financial_period'),
        fact('QUA', 'profit_not_falling', (not empty_growth_of_year)::integer::double, 1, false, 'financial_period'),
        fact('QUA', 'value_priced_share', value_priced_share, limits.value_priced_share, false, 'financial_period'),
        fact('QUA', 'long_programme', case when not coalesce(long_one, false) and open_ended then null
            else flag_of_rows(has_rows.programme, long_one) end, 1, false, 'programme'),
        fact('QUA', 'variable_profit_share', variable_profit_share, limits.variable_profit_share, false,
            fact_line('person', person_row)),
        fact('LON', 'plan_horizon', case when not has_rows.plan then null when not has_plan then 0
            else (end_on >= months_later(as_of, limits.plan_months))::integer::double end, 1, false,
                fact_line('plan', source_row)),
        fact('LON', 'plan_reviewed', flag_of_rows(has_rows.plan_review, as_of - last_reviewed_on <= limits.review_days),
            1, false, 'plan_review'),
        fact('LON', 'long_objectives_share', case when has_rows.objective then case when objectives > 0 then long_share
            else 0 end end,
            limits.long_objectives_share, false, 'objective'),
        fact('LON', 'measured_objectives_share', case when has_rows.objective then case when objectives > 0
            then measured_share else 0 end end,
            limits.measured_objectives_share, false, 'objective'),
        fact('TEA', 'action_functions', case when not has_rows.action then null when not has_plan then 0
            when has_rows.person then coalesce(functions, 0)::double end,
            limits.action_functions, false, 'action, person'),
        fact('TEA', 'outside_sales_share', case when not has_rows.action then null when not has_plan then 0
            when has_rows.person then outside_sales_share end,
            limits.outside_sales_share, false, 'action, person'),
        fact('TEA', 'shared_with_customer', flag_of_rows(has_rows.plan, shared_with_customer_on <= as_of), 1, false,
            fact_line('plan', source_row)),
        fact('TEA', 'customer_at_review', case when has_rows.plan_review then case when last_reviewed_on is null then 0
            else customer_there end end,
            1, false, 'plan_review'),
        fact('KAM', 'manager_named', case when has_rows.person then (manager_id is not null)::integer::double end, 1,
            false, fact_line('account', account_row)),
        fact('KAM', 'accounts_per_manager', accounts::double, limits.accounts_per_manager, true, 'account'),
        fact('KAM', 'manager_trained', since_fact(trained_on, months_later(as_of, -limits.trained_months), as_of), 1,
            false, fact_line('person', person_row)),
        fact('KAM', 'manager_tenure', case when manager_id is not null and manager_since <= as_of
            then (manager_since <= months_later(as_of, -limits.tenure_months))::integer::double end,
            1, false, fact_line('account', account_row)),
        fact('SEL', 'selection_scored', case when selection_score is not null
            then since_fact(selected_on, months_later(as_of, -limits.selection_months), as_of) end,
            1, false, fact_line('account', account_row)),
        fact('SEL', 'kept_on_decision', since_fact(kept_on, months_later(as_of, -limits.keep_months), as_of), 1, false,
            fact_line('account', account_row))
        ], recursive := true)
    from known)
select account_id, code, indicator, value, threshold, at_most, judged(value, threshold, at_most) as met, source
from (select t.* replace (of_programme(a.status, t.value) as value) from told t join account a using (account_id))
where code in (select code from success_factor);
