-- Why is this told as a change?
-- also explains: changes.source, changes.revenue, changes.measure, changes.points, changes.revenue_touched
-- also explains: changes.direction, changes.kind, changes.what, changes.before, changes.after, changes.changed_on
-- also explains: changes.effect, changes.about, changes.better

with lines as (
    select unnest([
        explained_value(changed_text(s.what), coalesce(s.effect, s.points), case s.measure when 'money' then 'money'
            else 'number' end,
            coalesce(status_text(s.before), 'nothing') || ' -> ' || coalesce(status_text(s.after), 'nothing')
                || case s.measure when 'score'
                then ', in points of 100' else '' end),
        explained_rule(case s.kind when 'fact' then 'A fact with a day after ' || day_text(c.since)
            || ', or one that only a later load tells.'
            when 'correction'
                then 'A load up to the as-of date says something else about a day that was told before: it was '
                || 'corrected.'
            when 'joined' then 'An account that an earlier load did not have, or had as exited.'
                else 'An account that the latest load no longer has, or has as exited.' end
           
                || case s.measure when 'score'
                then ' A score moves by points, never by an amount of money; the revenue it touches stands beside it.'
                when 'money' then case when s.about = 'profit'
                    then ' Twelve months of profit at both dates; only accounts with twelve known months at both are '
                    || 'compared.' else '' end
                else ' It has a day and no amount.' end),
        explained_input(1, 'Before', null, 'text', coalesce(status_text(s.before), 'nothing'), c.since),
        explained_input(2, 'After', null, 'text', coalesce(status_text(s.after), 'nothing'), s.changed_on,
            fact_source(s.source)),
        case when coalesce(s.revenue_touched, s.revenue) is not null
            then explained_input(3, case s.measure when 'score' then 'Revenue it touches'
            else 'Revenue of the account' end,
            coalesce(s.revenue_touched, s.revenue), 'money') end
        ], recursive := true)
    from asked q join panel_changes s on s.account_id = q.account_id and s.kind = item_part(q.item, 1)
        and s.what = item_part(q.item, 2) cross join context c)

select part, label, value, kind, words, on_date, source from lines where part is not null
order by place, on_date desc nulls last, label, source;
