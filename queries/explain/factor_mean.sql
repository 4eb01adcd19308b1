-- Why does this factor have this mean over the chosen accounts?
-- also explains: factor_trend.code, factor_trend.mean, factor_trend.name, factor_trend.spark
-- also explains: factor_trend.weighted_mean
-- also explains: factor_summary.mean, factor_summary.weighted_mean, factor_summary.accounts_known
-- also explains: factor_summary.accounts, factor_summary.red
-- also explains: factor_summary.amber, factor_summary.green, factor_summary.unknown, factor_summary.revenue_known_share
-- also explains: factor_summary.change, factor_summary.overclaimed, factor_summary.underclaimed, factor_summary.weight

with held as (
    select l.*, a.name as account, g.weight as revenue, row_number()
        over (order by l.valid_index nulls last, g.weight desc, l.account_id) as place,
        count(l.valid_index) over () as known
    from score_lift l join (select item from asked) q on l.code = q.item join programme_selection using (account_id)
        join account a using (account_id) join account_figures g using (account_id)),
lines as (
    select unnest([
        case q.measure when 'weighted_mean' then explained_value(f.code || ' by revenue', f.weighted_mean, 'index')
            when 'red' then explained_value(f.code || ' red', f.red, 'integer')
            when 'amber' then explained_value(f.code || ' amber', f.amber, 'integer') when 'green'
                then explained_value(f.code || ' green', f.green, 'integer')
            when 'unknown' then explained_value(f.code || ' unknown', f.unknown, 'integer') when 'change'
                then explained_value(f.code || ' mean change', f.change, 'number')
            when 'overclaimed' then explained_value(f.code || ' overclaimed', f.overclaimed, 'integer') when 'weight'
                then explained_value(f.code || ' weight', f.weight, 'number')
            when 'underclaimed' then explained_value(f.code || ' underclaimed', f.underclaimed, 'integer')
                when 'accounts' then explained_value('Accounts', f.accounts, 'integer')
            when 'accounts_known' then explained_value(f.code || ' known', f.accounts_known, 'integer')
            when 'revenue_known_share' then explained_value(f.code || ' known, of revenue', f.revenue_known_share,
                'share') else explained_value(f.code || ' ' || f.name, f.mean, 'index') end,
        explained_rule(
            'Plain mean of the valid indices of the chosen accounts; by revenue (w) each weighs with its revenue of '
            || 'the twelve months then. '
            || 'Red below ' || plain_number(r.red_below) || ', green from ' || plain_number(r.green_from)
                || '. Change: the mean over accounts valid at both dates.'),
        explained_note(f.accounts_known || ' of ' || f.accounts || ' accounts known: ' || f.red || ' red, ' || f.amber
            || ' amber, ' || f.green || ' green.'),
        case when f.provenance = 'proposed' then explained_note(
            'A proposed factor: not among those of the article.') end
        ], recursive := true)
    from panel_factor_summary f join asked q on f.code = q.item cross join rule r
    union all
    select unnest([explained_lift(account || ' one level up', next_index, 'index', 'the plain mean rises by '
        || format('{:.2f}', round((next_index - valid_index) / known, 2))
        || ': the largest account among the lowest')], recursive := true) from held where place = 1
            and next_index > valid_index
    union all
    select unnest([explained_input(place / 1000, account, valid_index, 'index', light || ', revenue of twelve months '
        || amount_text(revenue), assessed_on,
        at_row('assessment', source_row))], recursive := true) from held where valid_index is not null and place <= 15
    union all
    select unnest([explained_input(1, count(*) || ' more accounts', avg(valid_index), 'index', 'their mean')],
        recursive := true)
    from held where valid_index is not null and place > 15 having count(*) > 0)

select part, label, value, kind, words, on_date, source from lines where part is not null
order by place, on_date desc nulls last, label, source;
