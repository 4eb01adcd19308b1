-- Why is this told as a change?
-- also explains: changes.source, changes.revenue
-- also explains: changes.kind, changes.what, changes.before, changes.after, changes.changed_on, changes.effect, changes.about, changes.better
-- needs model/further/why.sql
-- reads panels/changes.sql

with lines as (
    select unnest([
        shown(s.what, s.effect, 'money', coalesce(s.before, 'nothing') || ' -> ' || coalesce(s.after, 'nothing')),
        ruled(case s.kind when 'fact' then 'A fact with a day after ' || day_text(c.since) || ', or one that only a later load tells.'
            when 'correction' then 'A later load says something else about a day before the review: the past was corrected.'
            when 'joined' then 'An account that an earlier load did not have, or had as exited.' else 'An account that the latest load no longer has, or has as exited.' end
            || case when s.effect is null then ' It has no effect in money.' when s.about = 'score' then
            ' Effect: the change of the account index, as a fraction, times twelve months of revenue.' else ' Effect: the change of profit.' end),
        given(1, 'Before', null, 'text', coalesce(s.before, 'nothing'), c.since),
        given(2, 'After', null, 'text', coalesce(s.after, 'nothing'), s.changed_on, fact_source(s.source)),
        case when s.revenue is not null then given(3, 'Revenue of the account', s.revenue, 'money') end
        ], recursive := true)
    from asked q join shown_changes s on s.account_id = q.account_id and s.kind = item_part(q.item, 1) and s.what = item_part(q.item, 2) cross join context c)

select part, label, value, kind, words, on_date, source from lines where part is not null
order by place, on_date desc nulls last, label, source;
