-- Why are so many of the account's factors red, or claimed?
-- also explains: factor_accounts.red, factor_accounts.overclaimed, factor_accounts.underclaimed

with held as (
    select l.*, q.measure, case q.measure when 'red' then l.light = 'red' else l.claim = q.measure end as counts
    from score_lift l join asked q using (account_id)),
summed as (
    select measure, red_below, green_from, count(*) filter (counts) as number, count(*) as factors from held
        group by measure, red_below, green_from),
lines as (
    select unnest([
        explained_value(case measure when 'red' then 'Red factors' else upper(measure[1]) || measure[2:]
            || ' factors' end, number, 'integer', 'of ' || factors),
        explained_rule(case measure when 'red' then 'Factors with a valid index below ' || plain_number(red_below)
            || '.' else 'Overclaimed: green with an evidence index under '
            || plain_number(red_below) || '. Underclaimed: red with evidence from ' || plain_number(green_from)
                || '.' end)
        ], recursive := true)
    from summed
    union all
    (select unnest([case measure when 'red' then explained_lift(code || ' ' || count_text(levels_to_light, 'level')
        || ' up, to ' || plain_number(score + levels_to_light),
        index_of(score + levels_to_light, scale_max), 'index', 'then it is ' || next_light) when 'overclaimed'
            then explained_lift(code || ': indicators to meet',
        indicators_to_support, 'integer', 'then the evidence supports the score') end], recursive := true)
    from held where counts order by levels_to_light, indicators_to_support, factor_id limit 1)
    union all from factor_lines)

select part, label, value, kind, words, on_date, source from lines where part is not null
order by place, on_date desc nulls last, label, source;
