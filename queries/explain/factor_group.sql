-- Why does this factor have this mean in this group of accounts?
-- also explains: factor_groups.mean

with wanted as (
    select item_part(item, 1) as grouping, item_part(item, 2) as value, item_part(item, 3) as code from asked),
held as (
    select l.*, a.name as account, f.weight as revenue, row_number()
        over (order by l.valid_index nulls last, f.weight desc, l.account_id) as place,
        count(l.valid_index) over () as known
    from wanted w join score_lift l on l.code = w.code join programme_selection using (account_id)
        join account a using (account_id)
    join account_figures f using (account_id) left join person m on m.person_id = a.manager_id
    where case w.grouping when 'region' then coalesce(a.region, '') when 'tier' then a.tier::varchar when 'industry'
        then coalesce(a.industry, '')
        when 'manager' then coalesce(m.name, '') else w.value end = w.value),
lines as (
    select unnest([
        explained_value(g.code || ' in ' || coalesce(g.value, 'all'), g.mean, 'index', g.accounts_known || ' of '
            || g.accounts || ' accounts known'),
        explained_rule('Plain mean of the valid indices of the group''s accounts.'),
        explained_note(g.red || ' red, ' || g.amber || ' amber, ' || g.green || ' green, ' || g.unknown || ' unknown.')
        ], recursive := true)
    from wanted w join panel_factor_groups g on g.grouping = w.grouping and coalesce(g.value, '') = w.value
        and g.code = w.code
    union all
    select unnest([explained_lift(account || ' one level up', next_index, 'index', 'the mean rises by '
        || format('{:.2f}', round((next_index - valid_index) / known, 2)))], recursive := true)
    from held where place = 1 and next_index > valid_index
    union all
    select unnest([explained_input(place / 1000, account, valid_index, 'index', light, assessed_on,
        at_row('assessment', source_row))], recursive := true)
    from held where valid_index is not null and place <= 15
    union all
    select unnest([explained_input(1, count(*) || ' more accounts', avg(valid_index), 'index', 'their mean')],
        recursive := true)
    from held where valid_index is not null and place > 15 having count(*) > 0)

select part, label, value, kind, words, on_date, source from lines where part is not null
order by place, on_date desc nulls last, label, source;
