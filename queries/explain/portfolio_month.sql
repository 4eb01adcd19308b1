-- Why did the chosen accounts book this much in that month?
-- also explains: revenue_trend.revenue, revenue_trend.profit, revenue_trend.margin, revenue_trend.accounts
-- also explains: revenue_trend.month

with booked as (
    select m.*, a.name, f.source_row, case q.measure when 'profit' then m.profit when 'margin' then m.profit
        else m.revenue end as part
    from (select measure, item from asked) q join money_month m on m.period_start = try_cast(q.item as date)
        join selection using (account_id) anti join (select account_id from money_month cross join context x
        where rate_missing and period_start <= x.last_month) l using (account_id)
    join account a using (account_id)
    join financial_period f on f.account_id = m.account_id and f.period_start = m.period_start
        and f.scenario = 'actual'),
ranked as (select *, row_number() over (order by part desc nulls last, account_id) as place from booked),
lines as (
    select unnest([
        case q.measure when 'profit' then explained_value('Profit', t.profit, 'money') when 'margin'
            then explained_value('Margin', t.margin, 'share')
            when 'accounts' then explained_value('Accounts', t.accounts, 'integer')
                else explained_value('Revenue', t.revenue, 'money') end,
        explained_rule('The sum over the chosen accounts that booked in the month, ' || c.basis
            || ', each at the rate of the month; margin over those with known profit. '
            || 'An account with a rate missing in any month is in none of them.'),
        case when t.left_out > 0 then explained_note(count_text(t.left_out, 'account')
            || ' left out of all months: a rate is missing in one.') end
        ], recursive := true)
    from asked q cross join context c join panel_revenue_trend t on t.month = try_cast(q.item as date)
    union all
    select unnest([explained_input(place, name, part, 'money', case when profit is null then 'profit unknown'
        else 'revenue ' || amount_text(revenue) end, null,
        at_row('financial_period', source_row))], recursive := true) from ranked where place <= 12
    union all
    select unnest([explained_input(13, count(*) || ' more accounts', sum(part), 'money')], recursive := true)
        from ranked where place > 12 having count(*) > 0)

select part, label, value, kind, words, on_date, source from lines where part is not null
order by place, on_date desc nulls last, label, source;
