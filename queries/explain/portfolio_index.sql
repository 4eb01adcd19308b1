-- Why do the chosen accounts have this success index together?
-- also explains: portfolio.index_mean, portfolio.index_weighted, portfolio.accounts_scored, portfolio.index

with held as (
    select s.account_id, a.name, s.index, f.weight, row_number() over (order by s.index, s.account_id) as place,
        count(s.index) over () as known
    from account_score s join programme_selection using (account_id) join account a using (account_id)
        join account_figures f using (account_id)),
lines as (
    select unnest([
        case q.measure when 'index_weighted' then explained_value('Success index by revenue', p.index_weighted, 'index',
            p.accounts_scored || ' of ' || p.programme_accounts || ' scored')
            when 'accounts_scored' then explained_value('Accounts scored', p.accounts_scored, 'integer', 'of '
                || p.programme_accounts)
            else explained_value('Success index', p.index_mean, 'index', p.accounts_scored || ' of '
                || p.programme_accounts || ' scored') end,
        explained_rule(
            'The plain mean of the account indices; by revenue (w) each weighs with its revenue of the last twelve '
            || 'months. Accounts without an index are left out.'),
        case when q.measure <> 'accounts_scored'
            then explained_note('Plain ' || coalesce(plain_number(round(p.index_mean, 1)), 'n/a') || ', by revenue '
            || coalesce(plain_number(round(p.index_weighted, 1)), 'n/a') || '.') end
        ], recursive := true)
    from panel_portfolio p cross join asked q
    union all
    (select unnest([explained_lift(h.name || ': ' || l.code || ' one level up', l.account_index + l.index_gain, 'index',
        'the level that moves the plain mean most, by ' || format('{:+.2f}', l.index_gain / h.known))],
            recursive := true)
    from score_lift l join held h using (account_id) where l.index_gain > 0 order by l.index_gain desc, h.index,
        l.account_id, l.factor_id limit 1)
    union all
    select unnest([explained_input(place / 1000, name, index, 'index', 'revenue of twelve months '
        || amount_text(weight))], recursive := true)
    from held where index is not null and (known <= 14 or place <= 8 or place > known - 5)
    union all
    select unnest([explained_input(0.0085, count(*) || ' more accounts', avg(index), 'index', 'their mean')],
        recursive := true)
    from held where known > 14 and place > 8 and place <= known - 5 having count(*) > 0
    union all
    select unnest([explained_input(1, count(*) || ' without an index', null, 'index', 'too few factors known')],
        recursive := true)
    from held where index is null having count(*) > 0)

select part, label, value, kind, words, on_date, source from lines where part is not null
order by place, on_date desc nulls last, label, source;
