-- Why do so many of the chosen accounts need the director?
-- also explains: portfolio.attention_accounts, portfolio.attention_revenue_share
-- also explains: portfolio.rules_judged, portfolio.rules, portfolio.rules_lack

with needing as (
    select n.*, a.name, f.revenue, row_number()
        over (order by n.weight desc, f.revenue desc nulls last, n.account_id) as place
    from account_attention n join chosen_figures f using (account_id) join account a using (account_id)
        where n.attention > 0),
lines as (
    select unnest([
        case when q.measure like 'rules%' then explained_value('Rules judged', p.rules_judged, 'integer', 'of '
            || p.rules || coalesce('; ' || p.rules_lack, ''))
            when q.measure = 'attention_accounts' then explained_value('Accounts that need you', p.attention_accounts,
                'integer', 'of ' || p.programme_accounts)
            else explained_value('Their share of revenue', p.attention_revenue_share, 'share') end,
        explained_rule(case when q.measure like 'rules%'
            then 'A rule that rests on a table without any row in the whole file raises nothing.'
            else 'Accounts with at least one serious reason' || case q.measure when 'attention_accounts' then '.'
                else ': their revenue divided by that of all chosen accounts in the programme.' end
                || ' w on an account lists its reasons and what clears them.' end),
        case when q.measure = 'attention_revenue_share'
            then explained_input(0.1, 'Revenue of all chosen accounts in the programme',
            (select sum(f.revenue) from chosen_figures f semi join programme_account using (account_id)), 'money') end,
        case when p.rules_lack is not null then explained_input(0.15, 'Rules judged', p.rules_judged, 'integer', 'of '
            || p.rules || coalesce('; ' || p.rules_lack, '')) end,
        explained_input(0.2, 'Their revenue', (select coalesce(sum(revenue), 0) from needing), 'money')
        ], recursive := true)
    from panel_portfolio p cross join asked q
    union all
    (select unnest([explained_lift('Clear ' || reasons_text(r.reason) || ' at ' || n.name, n.revenue, 'money',
        r.detail || ': its only serious reason')], recursive := true)
    from needing n join attention_reason r using (account_id) where n.attention = 1 and r.serious
        order by n.revenue desc nulls last, n.account_id limit 1)
    union all
    select unnest([explained_input(place, name, revenue, 'money', reasons_text(reasons))], recursive := true)
        from needing where place <= 12
    union all
    select unnest([explained_input(13, count(*) || ' more accounts', sum(revenue), 'money')], recursive := true)
        from needing where place > 12 having count(*) > 0)

select part, label, value, kind, words, on_date, source from lines where part is not null
order by place, on_date desc nulls last, label, source;
