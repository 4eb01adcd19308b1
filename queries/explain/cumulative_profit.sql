-- Why does the curve stand this high at this account?
-- also explains: cumulative_share, account_share, whale_curve.rank

with here as (
    select s.*, q.measure, (select count(*) from panel_whale_curve) as accounts,
        (select sum(profit) from panel_whale_curve) as whole
    from asked q join panel_whale_curve s using (account_id)),
before as (
    select w.name, w.account_id, w.profit, w.rank, a.rank as up_to from panel_whale_curve w join here a
        on w.rank <= a.rank),
lines as (
    select unnest([
        case measure when 'cumulative_share' then explained_value('Cumulative share of profit', cumulative_share,
            'share')
            when 'account_share' then explained_value('Share of the accounts', account_share, 'share', rank || ' of '
                || accounts)
            when 'rank' then explained_value('Rank', rank, 'integer', 'of ' || accounts || ' by profit')
            else explained_value('Cumulative profit', cumulative_profit, 'money', 'of the best ' || rank || ' of '
                || accounts) end,
        explained_rule(
            'The sum of the profits of the chosen accounts with known profit, the best first, up to this account'
            || case measure when 'cumulative_share'
                then ', divided by the profit of all of them; none where that is not above 0.' else '.' end),
        case when measure = 'cumulative_share' then explained_input(0, 'Profit of the accounts chosen', whole,
            'money') end,
        case when profit < 0 then explained_note('The account loses money: the curve falls here.') end
        ], recursive := true)
    from here
    union all
    select unnest([explained_input(1 + rank / 1e6, name, profit, 'money', 'rank ' || rank)], recursive := true)
        from before where rank <= 8 or rank > up_to - 4
    union all
    select unnest([explained_input(1 + 8.5 / 1e6, count(*) || ' more accounts', sum(profit), 'money')],
        recursive := true)
    from before where rank > 8 and rank <= up_to - 4 having count(*) > 0)

select part, label, value, kind, words, on_date, source from lines where part is not null
order by place, on_date desc nulls last, label, source;
