-- Why do so many sides have this status?
-- also explains: coverage_breakdown.group, coverage_breakdown.side, coverage_breakdown.accounts
-- also explains: coverage_breakdown.covered, coverage_breakdown.stale, coverage_breakdown.new
-- also explains: coverage_breakdown.uncovered
-- also explains: coverage_breakdown.revenue, coverage_breakdown.covered_revenue, coverage_breakdown.stale_revenue
-- also explains: coverage_breakdown.new_revenue
-- also explains: coverage_breakdown.uncovered_revenue, coverage_breakdown.profit, coverage_breakdown.covered_profit
-- also explains: coverage_breakdown.stale_profit
-- also explains: coverage_breakdown.new_profit, coverage_breakdown.uncovered_profit, coverage_breakdown.status

with wanted as (
    select nullif(regexp_extract(case measure when 'status' then 'covered' else measure end,
        '^(covered|stale|new|uncovered)', 1), '') as status,
        case when measure like '%revenue' then 'revenue' when measure like '%profit' then 'profit'
            else 'accounts' end as amount,
        item_part(item, 1) as dimension, item_part(item, 2) as group_value, item_part(item, 3) as side from asked),
placed as (
    select s.*, a.name, f.revenue, f.profit, x.amount, case x.amount when 'profit' then f.profit
        else f.revenue end as money,
        x.status as wanted_status, x.status is null or s.status = x.status as counts
    from wanted x join account_side s on s.side = x.side join programme_selection using (account_id)
        join account a using (account_id)
    join account_figures f using (account_id) left join person m on m.person_id = a.manager_id
    where case x.dimension when 'tier' then a.tier::varchar when 'region' then coalesce(a.region, '') when 'manager'
        then coalesce(m.name, '')
        else x.group_value end = x.group_value),
-- the account whose step changes this very count: one that is counted in it; for `covered` one that is not. Nothing
-- changes how many there are in all
largest as (from placed where status <> 'covered' and (status = wanted_status or wanted_status = 'covered')
    order by revenue desc nulls last, account_id limit 1),
ranked as (select *, row_number() over (order by money desc nulls last, account_id) as place from placed where counts),
summed as (select count(*) as accounts, count(*) filter (counts) as number,
    coalesce(sum(money) filter (counts), 0) as money from placed),
lines as (
    select unnest([
        explained_value(heading_text(side_text(x.side)) || ' '
            || coalesce(status_text(x.status), 'of any status'), case x.amount
            when 'accounts' then p.number else p.money end,
            case x.amount when 'accounts' then 'integer' else 'money' end, 'of ' || count_text(p.accounts, 'account')
                || case x.dimension when 'all' then ''
            else ' of ' || x.dimension || ' ' || x.group_value end),
        explained_rule(
            'Chosen accounts by the status of this side. Covered: assigned and touched within the cadence; silent: '
            || 'touched longer ago; new: just assigned; '
            || 'open: nobody. With those that cannot be judged they add up to all.')
        ], recursive := true)
    from wanted x cross join summed p
    union all
    select unnest([explained_lift(case status when 'uncovered' then 'Assign a leader to ' || name || case wanted_status
        when 'covered' then ', and a touch' else '' end
        else case status when 'new' then 'A first touch at ' else 'A touch at ' end || name || ' by '
            || replace(sponsor, '; ', ' or ') end, revenue, 'money',
        case wanted_status when 'covered' then 'the largest one that is not covered, but ' || status_text(status)
            || ': then it is covered'
        else 'the largest ' || status_text(status) || ' one: then it is ' || case status
            when 'uncovered' then 'no longer open'
            else 'covered' end end)], recursive := true)
    from largest
    union all
    select unnest([explained_input(place, name, money, 'money', coalesce(status_text(status), 'not judged')
        || coalesce(', ' || sponsor, ''), last_touch_on)], recursive := true) from ranked where place <= 12
    union all
    select unnest([explained_input(13, count(*) || ' more accounts', sum(money), 'money')], recursive := true)
        from ranked where place > 12 having count(*) > 0)

select part, label, value, kind, words, on_date, source from lines where part is not null
order by place, on_date desc nulls last, label, source;
