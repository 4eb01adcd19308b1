-- Why does this factor have this mean over the chosen accounts?
-- also explains: factor_trend.code, factor_trend.mean, factor_trend.name, factor_trend.spark
-- also explains: factor_trend.weighted_mean
-- also explains: factor_summary.mean, factor_summary.weighted_mean, factor_summary.accounts_known, factor_summary.accounts, factor_summary.red
-- also explains: factor_summary.amber, factor_summary.green, factor_summary.unknown, factor_summary.revenue_known_share, factor_summary.change
-- also explains: factor_summary.overclaimed, factor_summary.underclaimed, factor_summary.weight
-- needs model/further/why.sql
-- needs model/further/indicator_rows.sql
-- needs model/further/lifts_scores.sql
-- reads panels/factor_summary.sql

with held as (
    select l.*, a.name as account, g.weight as revenue, row_number() over (order by l.valid_index nulls last, g.weight desc, l.account_id) as place,
        count(l.valid_index) over () as known
    from score_lift l join (select item from asked) q on l.code = q.item join programme_selection using (account_id) join account a using (account_id) join account_figures g using (account_id)),
lines as (
    select unnest([
        case q.measure when 'weighted_mean' then shown(f.code || ' by revenue', f.weighted_mean, 'index') when 'red' then shown(f.code || ' red', f.red, 'integer')
            when 'amber' then shown(f.code || ' amber', f.amber, 'integer') when 'green' then shown(f.code || ' green', f.green, 'integer')
            when 'unknown' then shown(f.code || ' unknown', f.unknown, 'integer') when 'change' then shown(f.code || ' mean change', f.change, 'number')
            when 'overclaimed' then shown(f.code || ' overclaimed', f.overclaimed, 'integer') when 'weight' then shown(f.code || ' weight', f.weight, 'number')
            when 'underclaimed' then shown(f.code || ' underclaimed', f.underclaimed, 'integer') when 'accounts' then shown('Accounts', f.accounts, 'integer')
            when 'accounts_known' then shown(f.code || ' known', f.accounts_known, 'integer')
            when 'revenue_known_share' then shown(f.code || ' known, of revenue', f.revenue_known_share, 'share') else shown(f.code || ' ' || f.name, f.mean, 'index') end,
        ruled('Plain mean of the valid indices of the chosen accounts; by revenue (w) each weighs with its revenue of the twelve months then. '
            || 'Red below ' || plain(r.red_below) || ', green from ' || plain(r.green_from) || '. Change: the mean over accounts valid at both dates.'),
        noted(f.accounts_known || ' of ' || f.accounts || ' accounts known: ' || f.red || ' red, ' || f.amber || ' amber, ' || f.green || ' green.'),
        case when f.provenance = 'proposed' then noted('A proposed factor: not among those of the article.') end
        ], recursive := true)
    from shown_factor_summary f join asked q on f.code = q.item cross join rule r
    union all
    select unnest([lifted(account || ' one level up', next_index, 'index', 'the plain mean rises by ' || format('{:.2f}', round((next_index - valid_index) / known, 2))
        || ': the largest account among the lowest')], recursive := true) from held where place = 1 and next_index > valid_index
    union all
    select unnest([given(place / 1000, account, valid_index, 'index', light || ', revenue of twelve months ' || amount_text(revenue), assessed_on,
        at_row('assessment', source_row))], recursive := true) from held where valid_index is not null and place <= 15
    union all
    select unnest([given(1, count(*) || ' more accounts', avg(valid_index), 'index', 'their mean')], recursive := true)
    from held where valid_index is not null and place > 15 having count(*) > 0)

select part, label, value, kind, words, on_date, source from lines where part is not null
order by place, on_date desc nulls last, label, source;
