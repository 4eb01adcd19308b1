-- How does this account stand against the comparison, its budget and all others?
-- also explains: account_profile.index_change, account_profile.index_rank, account_profile.accounts_ranked
-- also explains: account_profile.revenue_to_budget
-- also explains: account_profile.profit_to_budget, account_profile.budget_revenue, account_profile.budget_profit
-- also explains: account_profile.budget_months
-- also explains: account_profile.window_months, account_profile.previous_index, factor_accounts.change

with lines as (
    select unnest([
        case q.measure when 'index_rank' then explained_value('Rank of the index', r.index_rank, 'integer', 'of '
            || r.accounts_ranked)
            when 'accounts_ranked' then explained_value('Accounts with an index', r.accounts_ranked, 'integer')
                when 'budget_revenue' then explained_value('Budgeted revenue', b.budget_revenue, 'money')
            when 'budget_profit' then explained_value('Budgeted profit', b.budget_profit, 'money')
                when 'revenue_to_budget' then explained_value('Revenue against budget', b.revenue_to_budget, 'share')
            when 'profit_to_budget' then explained_value('Profit against budget', b.profit_to_budget, 'money')
                when 'previous_index' then explained_value('Index then', s.previous_index, 'index')
            when 'budget_months' then explained_value('Months with a budget', b.budget_months, 'integer')
                when 'window_months' then explained_value('Months of the window', b.window_months, 'integer')
            else explained_value('Change of the index', s.index_change, 'number', 'against ' || c.since_label) end,
        explained_rule(case when q.measure in ('index_rank', 'accounts_ranked')
            then 'Rank 1 is the best index of the programme; equal ones share a rank; an account has one from 0.8 of '
            || 'the weight known on.'
            when q.measure in ('change', 'index_change') then 'Weighted mean move between ' || day_text(c.since)
                || ' and ' || day_text(c.as_of)
                || ' over the factors whose score is valid at both: not always the difference of the two indices below.'
            when q.measure = 'previous_index' then 'Account index at ' || day_text(c.since)
                || ', over the factors valid then.'
            else 'Figures of the window against the budget rows of the same months; '
                || 'none unless every month has one.' end),
        case when q.measure = 'profit_to_budget' and b.profit_to_budget < 0
            then explained_lift('Profit to add', -b.profit_to_budget, 'money', 'then the budget is met')
            when q.measure = 'revenue_to_budget' and f.revenue < b.budget_revenue
                then explained_lift('Revenue to add', b.budget_revenue - f.revenue, 'money', 'then the budget is met')
            end,
        explained_input(1, 'Index now', s.index, 'index', s.factors_known || ' of ' || s.factors || ' factors known',
            c.as_of), explained_input(2, 'Index then', s.previous_index, 'index', null, c.since),
        explained_input(3, 'Revenue', f.revenue, 'money'),
            explained_input(4, 'Budgeted revenue', b.budget_revenue, 'money', b.budget_months || ' of '
            || b.window_months || ' months have a budget'),
        explained_input(5, 'Profit', f.profit, 'money'), explained_input(6, 'Budgeted profit', b.budget_profit, 'money')
        ], recursive := true)
    from asked q join account_score s using (account_id) join account_figures f using (account_id)
        join account_budget b using (account_id)
    join index_rank r using (account_id) cross join context c)

select part, label, value, kind, words, on_date, source from lines where part is not null
order by place, on_date desc nulls last, label, source;
