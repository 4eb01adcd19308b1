-- Why are so many of the chosen accounts sponsored?
-- also explains: portfolio.internal_covered, portfolio.external_covered, portfolio.fully_covered
-- also explains: portfolio.uncovered_revenue_share, portfolio.double_sponsored, portfolio.unknown_revenue_accounts

with held as (
    select g.*, a.name, f.revenue, case q.measure when 'internal_covered' then g.internal = 'covered'
        when 'external_covered' then g.external = 'covered'
        when 'fully_covered' then g.coverage = 'full' when 'double_sponsored' then g.double_sponsor
        when 'unknown_revenue_accounts' then f.revenue is not null
            else not g.no_live_sponsor end as covered
    from account_coverage g join programme_selection using (account_id) join account_figures f using (account_id)
        join account a using (account_id) cross join asked q),
missing as (select *, row_number() over (order by revenue desc nulls last, account_id) as place from held
    where not covered),
lines as (
    select unnest([
        case q.measure when 'unknown_revenue_accounts' then explained_value('Revenue unknown',
            p.unknown_revenue_accounts, 'integer', 'of ' || p.programme_accounts)
            when 'internal_covered' then explained_value('Covered inside', p.internal_covered,
            'integer', 'of ' || p.programme_accounts)
            when 'external_covered' then explained_value('Covered at customer', p.external_covered, 'integer', 'of '
                || p.programme_accounts)
            when 'fully_covered' then explained_value('Both sides covered', p.fully_covered, 'integer', 'of '
                || p.programme_accounts)
            when 'double_sponsored' then explained_value('By two independent people', p.double_sponsored, 'integer',
                'of ' || p.programme_accounts)
            else explained_value('Revenue without a live sponsor', p.uncovered_revenue_share, 'share',
                case when (select count(covered) from held) = 0 then 'no status of a side is known' end) end,
        explained_rule(case q.measure when 'unknown_revenue_accounts'
            then 'Chosen accounts of the programme whose revenue is not known: they are in no share of revenue.'
            when 'internal_covered' then 'Accounts with a live sponsor inside.'
            when 'external_covered'
            then 'Accounts with a live sponsor at customer.' when 'fully_covered'
                then 'Accounts with a live sponsor on both sides.'
            when 'double_sponsored'
                then 'Accounts where two different independent people cover one side each: neither the manager, nor '
                || 'the manager''s boss, nor from sales.'
            else 'Revenue of the accounts with neither side covered or new, divided by the revenue of all chosen '
                || 'accounts of the programme.' end
            || case when q.measure = 'unknown_revenue_accounts' then '' else ' Live: assigned, and touched within the '
                || 'cadence.' end),
        case when q.measure = 'uncovered_revenue_share'
            then explained_input(0.1, 'Revenue of all chosen accounts in the programme',
            (select sum(revenue) from held), 'money') end,
        explained_input(0.2, case q.measure when 'unknown_revenue_accounts' then 'Revenue known'
            else 'Accounts covered' end, (select count(*) from held where covered), 'integer'),
        explained_input(0.3, case q.measure when 'unknown_revenue_accounts' then 'Revenue unknown'
            else 'Accounts not covered' end, (select count(*) from missing), 'integer', null),
        case when (select count(*) - count(covered) from held) > 0
            then explained_input(0.35, 'Accounts whose cover cannot be told',
                (select count(*) - count(covered) from held), 'integer') end,
        explained_input(0.4, 'Their revenue', (select coalesce(sum(revenue), 0) from missing), 'money')
        ], recursive := true)
    from panel_portfolio p cross join asked q
    union all
    select unnest([explained_lift('Cover ' || name, revenue, 'money', 'the largest one missing: inside '
        || status_text(internal) || ', at customer ' || status_text(external))], recursive := true)
    from missing where place = 1
    union all
    select unnest([explained_input(place, name, revenue, 'money', 'inside ' || status_text(internal) || ', at customer '
        || status_text(external))], recursive := true) from missing where place <= 12
    union all
    select unnest([explained_input(13, count(*) || ' more accounts', sum(revenue), 'money')], recursive := true)
        from missing where place > 12 having count(*) > 0)

select part, label, value, kind, words, on_date, source from lines where part is not null
order by place, on_date desc nulls last, label, source;
