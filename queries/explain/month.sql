-- Why did this account book this much in that month?
-- also explains: account_financials.budget_profit, account_financials.budget_margin
-- also explains: account_financials.profit_to_budget
-- also explains: account_financials.revenue, account_financials.profit, account_financials.cogs
-- also explains: account_financials.cost_to_serve, account_financials.margin
-- also explains: account_financials.budget_revenue, account_financials.month

with booked as (
    select f.*, m.revenue as converted, m.cogs as goods, m.cost_to_serve as to_serve, m.rate_missing, x.rate,
        x.source_row as rate_row
    from financial_period f join asked q on q.account_id = f.account_id and f.period_start = try_cast(q.item as date)
    join converted_month m on m.account_id = f.account_id and m.period_start = f.period_start
        and m.scenario = f.scenario
    left join month_rate x on x.currency = upper(f.currency) and x.period_start = f.period_start
        where f.scenario in ('actual', 'budget')),
lines as (
    select unnest([
        case q.measure when 'margin' then explained_value('Margin', margin_of(m.profit, m.revenue), 'share') when 'cogs'
            then explained_value('Cost of goods sold', m.cogs, 'money')
            when 'cost_to_serve' then explained_value('Cost to serve', m.cost_to_serve, 'money') when 'profit'
                then explained_value('Profit', m.profit, 'money')
            when 'budget_profit' then explained_value('Profit in the budget', n.budget_profit, 'money')
                when 'budget_margin' then explained_value('Margin in the budget', n.budget_margin, 'share')
            when 'profit_to_budget' then explained_value('Profit against budget', n.profit_to_budget, 'money')
            when 'budget_revenue' then explained_value('Revenue in the budget',
                (select b.converted from booked b where b.scenario = 'budget'), 'money')
            else explained_value('Revenue', m.revenue, 'money') end,
        explained_rule(case q.measure when 'budget_revenue' then 'Budgeted revenue of the month' when 'margin'
            then 'Profit of the month divided by its revenue; the profit is '
            || c.basis else 'As booked in the month; profit is ' || c.basis end || ', converted to ' || c.currency
                || ' at its rate.')
        ], recursive := true)
    from asked q cross join context c left join money_month m on m.account_id = q.account_id
        and m.period_start = try_cast(q.item as date)
    left join account_month n on n.account_id = q.account_id and n.month = try_cast(q.item as date)
    union all
    select unnest([
        explained_input(case scenario when 'actual' then 1 else 5 end, scenario || ': revenue', converted, 'money',
            currency || ' ' || revenue || coalesce(' x ' || plain_number(rate), ''),
            period_start, at_row('financial_period', source_row) || coalesce('; ' || at_row('fx_rate', rate_row), '')),
        case when scenario = 'actual' then explained_input(2, 'Cost of goods sold', goods, 'money', currency || ' '
            || coalesce(cogs::varchar, 'missing')) end,
        case when scenario = 'actual' then explained_input(3, 'Cost to serve', to_serve, 'money', currency || ' '
            || coalesce(cost_to_serve::varchar, 'missing')) end,
        case when rate_missing then explained_note('No rate for ' || currency || ' in that month.') end
        ], recursive := true)
    from booked)

select part, label, value, kind, words, on_date, source from lines where part is not null
order by place, on_date desc nulls last, label, source;
